import type { ReportCell, ReportTrailer } from '../report.js';

/** Turns rows into the text of a format, some hundred rows at a time. */
export interface ReportEncoder {
  readonly contentType: string;
  readonly ending: string;
  begin(): string;
  /** `first` says that no row came before. */
  rows(rows: readonly (readonly ReportCell[])[], first: boolean): string;
  end(): string;
  /** Text after the checked bytes, where the format has room for one. */
  trailer?(facts: ReportTrailer & { readonly state: string }): string;
}
