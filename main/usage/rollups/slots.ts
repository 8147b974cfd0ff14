/** Every current time zone's offset is a multiple of it, so that a day of any zone is made of whole slots. */
export const QUARTER_HOUR_MINUTES = 15;
/** The longer span: a month is read in some thirty rows. */
export const DAY_MINUTES = 1440;

const MINUTE_MS = 60_000;
const QUARTER_HOUR_MS = QUARTER_HOUR_MINUTES * MINUTE_MS;
const QUARTER_HOURS_PER_DAY = DAY_MINUTES / QUARTER_HOUR_MINUTES;
const ERA_DAYS = 32;

/** Half-open span of time in milliseconds since 1970. */
export interface TimeRange {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Half-open run of slots of one length, numbered from 1970 in UTC. */
export interface SlotRange {
  readonly spanMinutes: number;
  readonly first: number;
  readonly next: number;
}

/** A span of time cut into what whole slots cover and what only the events themselves can tell. */
export interface RangePieces {
  readonly slotRanges: readonly SlotRange[];
  readonly raggedEdges: readonly TimeRange[];
}

/** The slot of 15 minutes that holds an instant. */
export function quarterHourOf(timestampMs: number): number {
  return Math.floor(timestampMs / QUARTER_HOUR_MS);
}

/** When a slot of 15 minutes begins. */
export function startOfQuarterHour(quarterHour: number): number {
  return quarterHour * QUARTER_HOUR_MS;
}

/** The UTC day that holds a slot of 15 minutes. */
export function dayOfQuarterHour(quarterHour: number): number {
  return Math.floor(quarterHour / QUARTER_HOURS_PER_DAY);
}

/** The 32 days that hold a slot of 15 minutes. */
export function eraOfQuarterHour(quarterHour: number): number {
  return Math.floor(quarterHour / (QUARTER_HOURS_PER_DAY * ERA_DAYS));
}

/** The slots of 15 minutes that lie wholly inside a span, and its ragged edges. */
export function wholeQuarterHours(range: TimeRange): {
  readonly first: number;
  readonly next: number;
  readonly raggedEdges: readonly TimeRange[];
} {
  const first = Math.ceil(range.fromMs / QUARTER_HOUR_MS);
  const next = Math.floor(range.untilMs / QUARTER_HOUR_MS);
  // Also where the span is empty: its end lies before its start.
  if (first >= next) return { first, next: first, raggedEdges: nonEmpty([range]) };
  return {
    first,
    next,
    raggedEdges: nonEmpty([
      { fromMs: range.fromMs, untilMs: first * QUARTER_HOUR_MS },
      { fromMs: next * QUARTER_HOUR_MS, untilMs: range.untilMs },
    ]),
  };
}

/** Cuts a span into whole UTC days, whole quarter hours before and after them, and ragged edges. */
export function cutIntoSlots(range: TimeRange): RangePieces {
  const { first, next, raggedEdges } = wholeQuarterHours(range);
  const firstDay = Math.ceil(first / QUARTER_HOURS_PER_DAY);
  const nextDay = Math.floor(next / QUARTER_HOURS_PER_DAY);
  const ranges: readonly SlotRange[] =
    firstDay < nextDay
      ? [
          { spanMinutes: QUARTER_HOUR_MINUTES, first, next: firstDay * QUARTER_HOURS_PER_DAY },
          { spanMinutes: DAY_MINUTES, first: firstDay, next: nextDay },
          { spanMinutes: QUARTER_HOUR_MINUTES, first: nextDay * QUARTER_HOURS_PER_DAY, next },
        ]
      : [{ spanMinutes: QUARTER_HOUR_MINUTES, first, next }];
  return { slotRanges: ranges.filter((slots) => slots.first < slots.next), raggedEdges };
}

function nonEmpty(ranges: readonly TimeRange[]): readonly TimeRange[] {
  return ranges.filter(({ fromMs, untilMs }) => fromMs < untilMs);
}
