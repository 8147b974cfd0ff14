/** What can be found by typing, in the order in which equal finds are shown. */
export const SEARCHED_ENTITIES = [
  'customer',
  'subscription',
  'invoice',
  'plan',
  'billable_metric',
  'add_on',
  'coupon',
  'credit_note',
  'event',
] as const;
export type SearchedEntity = (typeof SEARCHED_ENTITIES)[number];

/** One object that was found. Texts are the books' own words: nothing in them is to be translated. */
export interface SearchResult {
  readonly entity: SearchedEntity;
  /** Our own id: what a route is made of. */
  readonly id: string;
  /** Its name, else what stands for one; an invoice's number, an event's transaction id. */
  readonly title: string;
  /** What tells it from others of the same name: its code, its customer. */
  readonly subtitle: string;
  /** As the API has it; null for what has none. */
  readonly status: string | null;
}

/** `GET /api/internal/search?q=`: the best first. */
export interface SearchAnswer {
  readonly results: readonly SearchResult[];
}
