import { create } from 'zustand';

interface RecordOrder {
  /** The list that was looked at last, by its entity. */
  readonly entity: string;
  readonly ids: readonly string[];
}

/** The order of the list that a record was opened from: `[` and `]` step through it. */
export const useRecordOrder = create<RecordOrder>()(() => ({ entity: '', ids: [] }));

/** The record before (-1) or after (1) this one in its list; null at the ends, or when it came from nowhere. */
export function neighbourOf(order: RecordOrder, record: { readonly entity: string; readonly id: string }, step: -1 | 1): string | null {
  if (order.entity !== record.entity) return null;
  const index = order.ids.indexOf(record.id);
  return index === -1 ? null : (order.ids[index + step] ?? null);
}
