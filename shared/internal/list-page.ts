/** One page of a screen's list: `GET /api/internal/<list>?sort=name&direction=asc&after=…&limit=100` and the list's own filters. */
export interface ListAnswer<Row> {
  readonly rows: readonly Row[];
  /** Sent as `after`, gives the following page; null behind the last row. */
  readonly next: string | null;
  /** Counted up to 100,000. */
  readonly total: number;
}

export const LIST_PAGE_ROWS = 100;
export const MAX_LIST_PAGE_ROWS = 500;
