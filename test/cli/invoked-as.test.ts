import { describe, expect, it } from 'vitest';
import { asTyped, invokedAs } from '../../src/cli/invoked-as.js';

describe('commands in texts', () => {
  it('are named as the person called the command line', () => {
    expect(invokedAs({ CLI_INVOKED_AS: 'npx opal' })).toBe('npx opal');
    expect(invokedAs({})).toBe('opal');
    const text = 'Next: opal plan validate wave-1 (or "opal migrate start wave-1")';
    expect(asTyped(text, 'npx opal')).toBe(
      'Next: npx opal plan validate wave-1 (or "npx opal migrate start wave-1")',
    );
  });

  it('are not looked for within names and other sentences', () => {
    for (const text of ['opal is ready', 'my-opal plan', 'npx opal plan x']) {
      expect(asTyped(text, 'npx opal')).toBe(text);
    }
  });
});
