import { EVENT_REASONS, type EventReason, type EventVerdictKind } from '../../../shared/internal/events.ts';
import { warningsUnder } from '../event-warnings.ts';
import type { StoredEvent } from '../stored-event.ts';
import { coveringRow, secondOf, type LineRow } from './subscription-line.ts';
import type { BilledFee, JudgedCharge, JudgedMetric, VerdictBooks } from './verdict-books.ts';

/** A sender's clock may be this much ahead before anybody is told. */
const FUTURE_TOLERANCE_MS = 60_000;

export type JudgedEvent = Pick<
  StoredEvent,
  'code' | 'externalSubscriptionId' | 'transactionId' | 'timestampMs' | 'properties' | 'sequence' | 'createdAtMs'
>;

/** What became of an event as the books are now. Derived, never stored. */
export interface EventVerdict {
  readonly kind: EventVerdictKind;
  /** What weighs most first. */
  readonly reasons: readonly EventReason[];
  readonly countedAs: readonly string[];
  readonly metric: JudgedMetric | undefined;
  /** The row that the event belongs to; null when none covers its time. */
  readonly row: LineRow | null;
  readonly charges: readonly JudgedCharge[];
  readonly fees: readonly BilledFee[];
  /** Whether the period of the event is still to be billed, whatever else is wrong with it. */
  readonly isOpen: boolean;
}

/** Judges one event. Rule: ui.md § 4.8, pricing.md § 2. */
export function judgeEvent(books: VerdictBooks, event: JudgedEvent, nowMs: number): EventVerdict {
  const metric = books.metric(event.code);
  const warnings = warningsUnder(metric, event);
  const place = placeOf(books, event, metric);
  const fate =
    metric === undefined || place.row === null ? noFate(place.reasons) : fateOf(books, event, { ...place, metric, row: place.row });
  const isCounted = warnings.length === 0 && fate.reasons.length === 0;
  const isAhead = event.timestampMs > Math.max(nowMs, event.createdAtMs) + FUTURE_TOLERANCE_MS;
  // Where a warning stands the charge has taken nothing: whether it billed the event at once is no further reason.
  const notes = warnings.length === 0 ? fate.reasons : fate.reasons.filter((reason) => reason !== 'before_charge');
  const reasons: readonly EventReason[] = [...warnings, ...notes, ...(isAhead ? (['in_future'] as const) : [])];
  const [first = 'in_future'] = reasons;
  return {
    kind: isCounted ? 'counted' : EVENT_REASONS[first],
    reasons,
    countedAs: isCounted ? [...new Set((fate.fees.length > 0 ? fate.fees : fate.charges).map(({ name }) => name))] : [],
    metric,
    row: place.row,
    charges: fate.charges,
    fees: fate.fees,
    isOpen: place.isOpen,
  };
}

interface Place {
  readonly line: readonly LineRow[];
  readonly row: LineRow | null;
  readonly isOpen: boolean;
  readonly reasons: readonly EventReason[];
}

/** Which row of its line the event belongs to. Recurring metrics count the history of a line that started later, too. */
function placeOf(books: VerdictBooks, event: JudgedEvent, metric: JudgedMetric | undefined): Place {
  const line = books.line(event.externalSubscriptionId);
  const row = coveringRow(line, event.timestampMs);
  const second = secondOf(event.timestampMs);
  if (row !== null) {
    const openFrom = books.openFrom(line, row);
    const isOpen = (openFrom !== null && second >= openFrom) || books.isInDraft(row.id, second);
    return { line, row, isOpen, reasons: [] };
  }
  if (line.length === 0) return { line, row: null, isOpen: false, reasons: ['unknown_subscription'] };
  const isBeforeAll = line.every(({ startedMs }) => startedMs === null || startedMs > second);
  const active = line.find(({ status }) => status === 'active') ?? null;
  if (isBeforeAll && metric?.recurring === 1 && active !== null) return { line, row: active, isOpen: true, reasons: [] };
  return { line, row: null, isOpen: false, reasons: [isBeforeAll ? 'before_start' : 'after_end'] };
}

interface Fate {
  readonly charges: readonly JudgedCharge[];
  readonly fees: readonly BilledFee[];
  readonly reasons: readonly EventReason[];
}

function noFate(reasons: readonly EventReason[]): Fate {
  return { charges: [], fees: [], reasons };
}

interface PlacedEvent extends Place {
  readonly row: LineRow;
  readonly metric: JudgedMetric;
}

/** What the charges of the plan made of an event that has its metric and its row. */
function fateOf(books: VerdictBooks, event: JudgedEvent, { line, row, isOpen, metric }: PlacedEvent): Fate {
  const second = secondOf(event.timestampMs);
  const charges = books.charges(row.planId, metric.id);
  const inAdvance = charges.some(({ payInAdvance }) => payInAdvance === 1) ? books.eventFees(row.id, event.code, event.transactionId) : [];
  if (inAdvance.length > 0) return { charges, fees: inAdvance, reasons: [] };
  const arrears = charges.filter(({ payInAdvance }) => payInAdvance === 0);
  if (!isOpen) {
    const fees = books.periodFees(row.id, event.code, second).filter(({ watermark }) => (watermark ?? 0) >= event.sequence);
    if (fees.length > 0) return { charges, fees: oneEach(fees), reasons: [] };
    if (arrears.length > 0) return countsLater(books, line, metric) ?? { charges, fees: [], reasons: ['period_invoiced'] };
  }
  if (arrears.length > 0) return { charges, fees: [], reasons: [] };
  return charges.length > 0 ? { charges, fees: [], reasons: ['before_charge'] } : { charges, fees: [], reasons: ['not_charged'] };
}

/** All history of a line counts for a recurring metric: too late for one period, it is in the next. */
function countsLater(books: VerdictBooks, line: readonly LineRow[], metric: JudgedMetric): Fate | null {
  const active = line.find(({ status }) => status === 'active');
  if (metric.recurring === 0 || active === undefined) return null;
  const charges = books.charges(active.planId, metric.id);
  return charges.length > 0 ? { charges, fees: [], reasons: [] } : null;
}

/** A charge with filters or groups has several fees. */
function oneEach(fees: readonly BilledFee[]): readonly BilledFee[] {
  return fees.filter((fee, index) => fees.findIndex(({ chargeId }) => chargeId === fee.chargeId) === index);
}
