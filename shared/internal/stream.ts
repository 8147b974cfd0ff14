import type { EventsMessage } from './events.ts';

/** What `GET /api/internal/stream` sends, one JSON text per message. */
export type LiveMessage =
  /** Objects whose screens have to read them again. `entity` is the API's word, `id` ours. */
  | { readonly type: 'invalidate'; readonly changes: readonly { readonly entity: string; readonly id: string }[] }
  /** Work that takes a while, as far as it is done; an empty list when all of it has ended. */
  | { readonly type: 'jobs'; readonly jobs: readonly RunningJob[] }
  /** The clock of a sandbox was moved. */
  | { readonly type: 'clock'; readonly now: string }
  /** Usage events that were committed. */
  | EventsMessage;

/** One piece of long work: so many of so many steps. */
export interface RunningJob {
  readonly kind: 'sample';
  readonly done: number;
  readonly total: number;
}

/** Messages wait this long for others, so that a screen gets at most four a second. */
export const LIVE_WINDOW_MS = 250;
