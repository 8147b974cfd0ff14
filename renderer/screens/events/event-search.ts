import { z } from 'zod';
import { textFilter } from '../../components/list-search.ts';

export const TIME_RANGES = ['1', '24', '168', '720', 'all'] as const;
export type TimeRange = (typeof TIME_RANGES)[number];

/** What the debugger keeps in the address: its filters and the event that is inspected. */
export const eventSearch = z.object({
  code: textFilter,
  sub: textFilter,
  customer: textFilter,
  tx: textFilter,
  property: textFilter,
  text: textFilter,
  verdict: z.enum(['counted', 'problems']).optional().catch(undefined),
  /** Hours, or `all`; a day unless told. */
  last: z.enum(TIME_RANGES).optional().catch(undefined),
  from: textFilter,
  to: textFilter,
  /** The row that the inspector shows. */
  event: textFilter,
});

export type EventSearch = z.output<typeof eventSearch>;
/** Filters whose value is a text that the event must have. */
export const TEXT_FILTERS = ['text', 'code', 'sub', 'tx', 'property', 'customer'] as const;
export type TextFilter = (typeof TEXT_FILTERS)[number];

/** What the server is asked, `undefined` where nothing is. */
export type EventFilters = Omit<EventSearch, 'event' | 'last'> & { readonly last?: string | undefined };

export function filtersOf({ event: _, last, ...filters }: EventSearch, fallback: TimeRange): EventFilters {
  const hours = last ?? fallback;
  const isDated = filters.from !== undefined || filters.to !== undefined;
  return { ...filters, last: hours === 'all' || isDated ? undefined : hours };
}
