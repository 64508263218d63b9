/** The estate's present. Fixed, so that the same seed gives the same estate on any day. */
const present = Date.UTC(2025, 10, 1, 6, 0, 0);
const dayMs = 86_400_000;

/** ISO 8601 text of a moment so many days before the estate's present. */
export const estateTime = (daysAgo: number): string =>
  new Date(present - daysAgo * dayMs).toISOString();
