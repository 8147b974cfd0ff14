import { Temporal } from '../../../shared/dates.ts';
import type { MetricDay } from '../../../shared/internal/metrics.ts';
import type { MetricTerms } from '../../billing/facts.ts';
import type { ServiceContext } from '../../service-context.ts';
import { findReadyLayout } from '../rollups/read-rollups.ts';
import { DAY_MINUTES, dayOfQuarterHour, QUARTER_HOUR_MINUTES } from '../rollups/slots.ts';

const SHOWN_DAYS = 30;
const DAY_MS = 86_400_000;

/** Days whose sums are closed. */
const CLOSED = `SELECT "slot" AS "slot", SUM("events_count") AS "count" FROM "usage_rollups"
  WHERE "layout_id" = ? AND "span" = ? AND "slot" >= ? AND "slot" <= ? GROUP BY "slot"`;
/** What is not yet in its day's sum: the open slot of each series. */
const OPEN = `SELECT "usage_rollups"."slot" AS "slot", SUM("usage_rollups"."events_count") AS "count"
  FROM "usage_lines" JOIN "usage_series" ON "usage_series"."line_id" = "usage_lines"."id"
    JOIN "usage_rollups" ON "usage_rollups"."layout_id" = "usage_lines"."layout_id" AND "usage_rollups"."span" = ?
      AND "usage_rollups"."slot" = "usage_series"."open_slot" AND "usage_rollups"."line_id" = "usage_lines"."id"
      AND "usage_rollups"."series_id" = "usage_series"."id"
  WHERE "usage_lines"."layout_id" = ? GROUP BY "usage_rollups"."slot"`;

interface SlotCount {
  readonly slot: number;
  readonly count: number;
}

/** Counted events of the last thirty days in UTC, today's last; null while the sums of the metric are being built. */
export function readMetricDays(context: ServiceContext, metric: MetricTerms): readonly MetricDay[] | null {
  const { read } = context.database;
  const layout = findReadyLayout(read, { organizationId: context.organizationId, metric, keys: [] });
  if (layout === null) return null;
  const last = Math.floor(context.clock.now().epochMilliseconds / DAY_MS);
  const first = last - SHOWN_DAYS + 1;
  const counts = new Map<number, number>();
  const add = (day: number, count: number): void => void counts.set(day, (counts.get(day) ?? 0) + count);
  for (const { slot, count } of read.select<SlotCount>(CLOSED).all(layout.id, DAY_MINUTES, first, last)) add(slot, count);
  for (const { slot, count } of read.select<SlotCount>(OPEN).all(QUARTER_HOUR_MINUTES, layout.id)) add(dayOfQuarterHour(slot), count);
  return Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const date = Temporal.PlainDate.from('1970-01-01').add({ days: first + index });
    return { date: date.toString(), events_count: counts.get(first + index) ?? 0 };
  });
}
