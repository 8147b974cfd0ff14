import type {
  DebuggedEvent,
  DebuggedMetric,
  EventCharge,
  EventDetails,
  EventReason,
  ListenerGapAnswer,
  ProblemGroup,
} from '../../../shared/internal/events.ts';
import { VALUE_ALREADY_EXIST } from '../../../shared/wire/error-codes.ts';
import { formatEpochMs } from '../../../shared/wire/event.ts';
import type {
  ChargeOfEvent,
  DebuggedDetails,
  DebuggedRow,
  DescribedProblem,
  JudgedMetric,
  ListenerGap,
  RefusedEvent,
} from '../../usage/index.ts';

/** The tail shows a line of each event; the inspector reads the whole. */
const SHOWN_PROPERTIES = 8;
const SHOWN_TEXT_LENGTH = 120;

export function serializeDebugged({ event, verdict }: DebuggedRow): DebuggedEvent {
  return {
    sequence: event.sequence,
    key: String(event.sequence),
    transaction_id: event.transactionId,
    external_subscription_id: event.externalSubscriptionId,
    code: event.code,
    timestamp: formatEpochMs(event.timestampMs),
    received_at: formatEpochMs(event.createdAtMs),
    ...shownProperties(event.properties),
    verdict: verdict.kind,
    reasons: verdict.reasons,
    counted_as: verdict.countedAs,
    errors: null,
    after_sequence: null,
  };
}

/** A refused event as far as it could be read. */
export function serializeRefused({ number, raw, errors, receivedMs, afterSequence }: RefusedEvent): DebuggedEvent {
  const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? cut(String(value)) : '');
  const properties = raw['properties'];
  const isDuplicate = errors['transaction_id']?.includes(VALUE_ALREADY_EXIST) === true;
  const reason: EventReason = isDuplicate ? 'duplicate_transaction_id' : 'invalid_event';
  return {
    sequence: null,
    key: `refused-${String(number)}`,
    transaction_id: text(raw['transaction_id']),
    external_subscription_id: text(raw['external_subscription_id'] ?? raw['subscription_id']),
    code: text(raw['code']),
    timestamp: formatEpochMs(receivedMs),
    received_at: formatEpochMs(receivedMs),
    ...shownProperties(isObject(properties) ? properties : {}),
    verdict: 'rejected',
    reasons: [reason],
    counted_as: [],
    errors,
    after_sequence: afterSequence,
  };
}

function shownProperties(properties: Readonly<Record<string, unknown>>): Pick<DebuggedEvent, 'properties' | 'has_more_properties'> {
  const entries = Object.entries(properties);
  const shown = entries.slice(0, SHOWN_PROPERTIES).map(([key, value]) => [cut(key), cutValue(value)] as const);
  const isCut =
    entries.length > SHOWN_PROPERTIES || shown.some(([key, value], index) => key !== entries[index]?.[0] || value !== entries[index][1]);
  return { properties: Object.fromEntries(shown), has_more_properties: isCut };
}

function cutValue(value: unknown): unknown {
  if (typeof value === 'string') return cut(value);
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  return text.length > SHOWN_TEXT_LENGTH ? cut(text) : value;
}

function cut(text: string): string {
  return text.length > SHOWN_TEXT_LENGTH ? `${text.slice(0, SHOWN_TEXT_LENGTH)}…`.toWellFormed() : text;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function serializeDetails(details: DebuggedDetails): EventDetails {
  const { event, verdict, owner, chargesOfEvent } = details;
  return {
    event: serializeDebugged(details),
    lago_id: event.id,
    properties: event.properties,
    precise_total_amount_cents: event.preciseTotalAmountCents,
    skew_ms: event.createdAtMs - event.timestampMs,
    customer: owner === null ? null : { lago_id: owner.customer.id, name: owner.customer.name, external_id: owner.customer.externalId },
    subscription:
      owner === null ? null : { lago_id: owner.subscription.id, name: owner.subscription.name, plan_name: owner.subscription.planName },
    metric: serializeMetric(verdict.metric),
    charges: chargesOfEvent.map((charge) => serializeCharge(charge, verdict.isOpen)),
  };
}

function serializeMetric(metric: JudgedMetric | undefined): DebuggedMetric | null {
  if (metric === undefined) return null;
  return {
    lago_id: metric.id,
    code: metric.code,
    name: metric.name,
    aggregation_type: metric.aggregationType,
    field_name: metric.fieldName,
    is_in_use: metric.isInUse === 1,
  };
}

function serializeCharge(charge: ChargeOfEvent, isOpen: boolean): EventCharge {
  const { fee } = charge;
  return {
    charge_id: charge.chargeId,
    name: charge.name,
    charge_model: charge.chargeModel,
    pay_in_advance: charge.payInAdvance,
    period_from: charge.periodFrom.toString(),
    period_to: charge.periodTo.toString(),
    is_period_open: isOpen,
    invoice: fee?.invoice == null ? null : { lago_id: fee.invoice.id, number: fee.invoice.number, status: fee.invoice.status },
    units_until: charge.unitsUntil,
    units_of_period: charge.unitsOfPeriod,
  };
}

export function serializeProblem(described: DescribedProblem): ProblemGroup {
  const { problem, suggestedMetric } = described;
  const { event, verdict } = problem.sample;
  const isOfMetric = verdict.kind === 'warning' || problem.reason === 'not_charged' || problem.reason === 'before_charge';
  return {
    key: problem.key,
    reason: problem.reason,
    code: event.code,
    external_subscription_id: isOfMetric ? null : event.externalSubscriptionId,
    metric: serializeMetric(verdict.metric),
    count: problem.count,
    first_received_at: formatEpochMs(problem.first.receivedMs),
    last_received_at: formatEpochMs(event.createdAtMs),
    sample: serializeDebugged(problem.sample),
    did_you_mean: described.didYouMean,
    sent_keys: described.sentKeys,
    suggested_metric:
      suggestedMetric === null ? null : { aggregation_type: suggestedMetric.aggregationType, field_name: suggestedMetric.fieldName },
    would_count: problem.wouldCount,
    open_period: described.openPeriod,
  };
}

/** Refused events, newest first, as problems: the same code refused for the same reason is one. */
export function refusalGroups(refused: readonly DebuggedEvent[]): readonly ProblemGroup[] {
  const groups = Map.groupBy(refused, ({ reasons, code }) => JSON.stringify([...reasons, code]));
  return [...groups].flatMap(([key, events]) => {
    const [sample] = events;
    const [reason = 'invalid_event'] = sample?.reasons ?? [];
    if (sample === undefined) return [];
    return {
      key,
      reason,
      code: sample.code,
      external_subscription_id: null,
      metric: null,
      count: events.length,
      first_received_at: events.at(-1)?.received_at ?? sample.received_at,
      last_received_at: sample.received_at,
      sample,
      did_you_mean: [],
      sent_keys: [],
      suggested_metric: null,
      would_count: 0,
      open_period: null,
    };
  });
}

export function serializeGap(gap: ListenerGap): ListenerGapAnswer {
  return {
    lago_id: gap.id,
    from: formatEpochMs(gap.fromMs),
    to: formatEpochMs(gap.toMs),
    reason: gap.reason,
    after_sequence: gap.afterSequence,
  };
}
