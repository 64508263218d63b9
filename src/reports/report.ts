import type { Search } from '../search/index.js';

export const reportFormats = ['csv', 'json', 'jsonl'] as const;
export type ReportFormat = (typeof reportFormats)[number];

type ReportValue = string | number | boolean | null;

/**
 * A value of a report, or a list with a place for each related object (whose value may be a list
 * itself). Unknown is null, which is not the same as an empty text.
 */
export type ReportCell = ReportValue | readonly (ReportValue | readonly ReportValue[])[];

/** What a report shows: the objects of a search, or one of the reports that are always there. */
export type ReportSubject =
  | {
      readonly type: 'search';
      readonly search: Search;
      /** Paths to show; without them those that the search names, or the kind's usual ones. */
      readonly columns?: readonly (readonly string[])[];
    }
  | { readonly type: 'standard'; readonly name: string; readonly source?: string };

export interface ReportRequest {
  readonly subject: ReportSubject;
  readonly format: ReportFormat;
  /** Begins a CSV with the mark by which Excel knows UTF-8; other formats have none. */
  readonly byteOrderMark?: boolean;
}

/** Rows with the titles of their cells, in an order that two runs over one state agree on. */
export interface ReportRows {
  readonly columns: readonly string[];
  /** As the database gives them: each step between there and the text costs every row its time. */
  readonly rows: AsyncIterable<{ readonly cells: readonly ReportCell[] }>;
}

/** What a reader holds a finished export to. */
export interface ReportTrailer {
  readonly rows: number;
  /** SHA-256 of all bytes before the trailer, hexadecimal. */
  readonly sha256: string;
}
