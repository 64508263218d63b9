/** What marks everything that one batch of one sync writes. */
export interface LoadStamp {
  readonly source: string;
  /** Number of the sync. */
  readonly sync: number;
  /** Number of the last complete sync before it, 0 where there was none. */
  readonly lastComplete: number;
  /** Orders the changes of one entity within a sync. */
  readonly batch: number;
  /** ISO 8601. */
  readonly at: string;
}
