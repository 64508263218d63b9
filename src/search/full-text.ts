import type { Filter } from './ast.js';

/** A filter with its full-text part taken out, since that decides where the search starts. */
export interface SplitFilter {
  readonly fullText?: string;
  readonly rest?: Filter;
}

const join = (filters: readonly Filter[]): Filter | undefined => {
  const [first] = filters;
  return filters.length > 1 ? { type: 'and', filters } : first;
};

/** Takes the full-text conditions out of the conditions that are joined at the top. */
export const splitFullText = (filter: Filter | undefined): SplitFilter => {
  if (filter === undefined) return {};
  const conjuncts = filter.type === 'and' ? filter.filters : [filter];
  const texts = conjuncts.flatMap((part) => (part.type === 'fullText' ? [part.text] : []));
  const rest = join(conjuncts.filter((part) => part.type !== 'fullText'));
  return {
    ...(texts.length === 0 ? {} : { fullText: texts.join(' ') }),
    ...(rest === undefined ? {} : { rest }),
  };
};

/**
 * Words of a person as a Lucene query: every word has to occur, the last letters may be missing.
 * Everything with a meaning to Lucene is taken as a letter of a word or as a gap between words.
 */
export const luceneQuery = (text: string): string =>
  text
    .normalize('NFC')
    .slice(0, 256)
    .split(/[^\p{L}\p{N}._-]+/u)
    .flatMap((word) => word.split(/[-_.](?=[-_.])|^[-_.]+|[-_.]+$/u))
    .filter((word) => word !== '')
    .slice(0, 16)
    .map((word) => `+${word.replace(/([-_.])/g, '\\$1')}*`)
    .join(' ');
