import { describe, expect, it } from 'vitest';
import { textTest } from '../../src/search/regular-expression.js';

describe('a regular expression', () => {
  it.each([
    ['(a|a)*b.', 'alternatives'],
    ['(a|aa)+.', 'alternatives'],
    ['((?:x|.y){30,})z', 'alternatives'],
    ['(a+)+.', 'without end'],
    ['.*.*x', 'side by side'],
    ['.*[a-z]+x', 'side by side'],
    ['\\w+a?\\w+x', 'side by side'],
    ['.{0,200}.{0,200}x', 'side by side'],
    ['a.*b.*c.*d.*e.*f', 'more than 4'],
    ['[[a].', 'class'],
    ['[a-z&&b].', 'class'],
    ['(?=a).', 'look-around'],
    ['(a)\\1', 'back-references'],
    ['a.'.repeat(129), 'longer than 256'],
    ['[', 'character class'],
  ])('%s is refused', (expression, why) => {
    expect(() => textTest(expression)).toThrow(why);
  });

  it.each([
    '^web.*-prod$',
    '\\d+\\s+\\w+',
    '(web|db)-\\d+',
    '^(?:a|b)?c.',
    '[a\\[]+x.',
    '\\p{L}+-\\d{2,4}',
    'a.*b.*c.*d.*e',
    '(?:web-)+x.',
    '^.{1,15}$',
  ])('%s is taken as it is', (expression) => {
    expect(textTest(expression)).toEqual({ type: 'expression', expression });
  });

  it.each([
    ['^web$', { type: 'equals', text: 'web' }],
    ['^web\\.', { type: 'startsWith', text: 'web.' }],
    ['01$', { type: 'endsWith', text: '01' }],
    ['prod', { type: 'contains', text: 'prod' }],
  ])('%s needs none at all', (expression, test) => {
    expect(textTest(expression)).toEqual(test);
  });
});
