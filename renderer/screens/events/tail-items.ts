import type { DebuggedEvent, ListenerGapAnswer } from '../../../shared/internal/events.ts';

/** What the tail draws: an event, a time in which nobody listened, or events that passed too fast to be told. */
export type TailItem =
  | { readonly kind: 'event'; readonly key: string; readonly event: DebuggedEvent }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: ListenerGapAnswer }
  | { readonly kind: 'skipped'; readonly key: string; readonly count: number };

/** Rows with what lies between them. `isWhole` where no filter leaves events out: then every missing arrival was skipped. */
export function tailItems(
  rows: readonly DebuggedEvent[],
  gaps: readonly ListenerGapAnswer[],
  of: { readonly isWhole: boolean; readonly isFromNewest: boolean; readonly isAtEnd: boolean },
): readonly TailItem[] {
  const items: TailItem[] = [];
  // Newest first, like the rows.
  const open = gaps.filter((gap) => of.isFromNewest || gap.after_sequence < arrivalOf(rows[0]));
  let above: number | null = null;
  for (const event of rows) {
    const arrival = arrivalOf(event);
    for (let gap = open[0]; gap !== undefined && gap.after_sequence >= arrival; gap = open[0]) {
      open.shift();
      items.push({ kind: 'gap', key: `gap-${gap.lago_id}`, gap });
    }
    if (event.sequence !== null) {
      const missing = above === null ? 0 : above - event.sequence - 1;
      if (of.isWhole && missing > 0) items.push({ kind: 'skipped', key: `skipped-${String(event.sequence)}`, count: missing });
      above = event.sequence;
    }
    items.push({ kind: 'event', key: event.key, event });
  }
  if (of.isAtEnd) for (const gap of open) items.push({ kind: 'gap', key: `gap-${gap.lago_id}`, gap });
  return items;
}

function arrivalOf(event: DebuggedEvent | undefined): number {
  return event?.sequence ?? event?.after_sequence ?? 0;
}
