import { IsNull } from 'typeorm';
import { dateIn } from '../../shared/dates.ts';
import { ZERO } from '../../shared/decimal.ts';
import { invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { aggregationTerms, nothingCarried } from '../billing/aggregation/aggregate.ts';
import { bucketKeyReader } from '../billing/aggregation/filter-match.ts';
import { meteredEvent, type UsageEvent } from '../billing/aggregation/metered-event.ts';
import type { AggregationType, ChargeFeeDraft, ChargeTerms } from '../billing/facts.ts';
import { advanceEvent, advanceFee } from '../billing/fees/advance-fee.ts';
import { chargeFeeDraft } from '../billing/invoice/draft-fees.ts';
import type { FeeDraft } from '../billing/invoice/fee-draft.ts';
import { feeTaxes, type FeeTaxes } from '../billing/invoice/totals.ts';
import { chargePeriodContaining } from '../billing/periods/index.ts';
import { readPlanTerms, taxTerms } from '../catalog/index.ts';
import { applicableTaxes, customerTimeZone, readCustomer, readOrganization, subscriptionTerms } from '../customers/index.ts';
import { billableMetrics } from '../database/tables/catalog.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { ServiceContext } from '../service-context.ts';
import { isRawObject, readPreciseAmount, type RawEvent } from './event-input.ts';
import { advanceFeeDraft, type AdvanceFeeRequest } from './read-advance-usage.ts';

/** What an event would cost, with its taxes; nothing of it is stored. */
export interface EstimatedFee {
  readonly draft: Omit<FeeDraft, 'fromAt' | 'toAt'>;
  readonly taxes: FeeTaxes;
  readonly currency: AdvanceFeeRequest['currency'];
  readonly customer: { readonly id: string; readonly externalId: string };
  readonly externalSubscriptionId: string;
  readonly transactionId: string | null;
}

/** Prices one event of one charge. */
type PriceEvent = (context: ServiceContext, request: AdvanceFeeRequest) => ChargeFeeDraft | null;

/** Aggregations of single values, which only a number can move. Rule: api.md § 7 "estimate_fees". */
const NUMERIC: ReadonlySet<AggregationType> = new Set(['sum_agg', 'max_agg', 'latest_agg', 'weighted_sum_agg']);

/** The fees that an event would make if it came now, on top of what the period has counted. Rule: api.md § 7. */
export function estimateFees(context: ServiceContext, raw: RawEvent): Promise<Result<readonly EstimatedFee[]>> {
  return estimate(context, raw, (of, request) => advanceFeeDraft(of.database.read, request));
}

/** The fees that an event would make by itself, whatever the period has counted. Rule: api.md § 7. */
export function estimateInstantFees(context: ServiceContext, raw: RawEvent): Promise<Result<readonly EstimatedFee[]>> {
  return estimate(context, raw, (_, request) => instantFee(request));
}

/** The same for several events, each by itself; the first that cannot be estimated refuses all. */
export async function estimateInstantFeesOfBatch(context: ServiceContext, body: RawEvent): Promise<Result<readonly EstimatedFee[]>> {
  const raws = Array.isArray(body['events']) ? body['events'].map(unwrapEvent) : [];
  if (raws.length === 0) return invalid({ events: ['no_events'] });
  if (raws.length > MAX_ESTIMATED_EVENTS) return invalid({ events: ['too_many_events'] });
  const fees: EstimatedFee[] = [];
  for (const raw of raws) {
    const estimated = await estimateInstantFees(context, raw);
    if (!estimated.ok) return estimated;
    fees.push(...estimated.value);
  }
  return ok(fees);
}

const MAX_ESTIMATED_EVENTS = 100;

/** The published client's types wrap each event once more. */
function unwrapEvent(item: unknown): RawEvent {
  if (!isRawObject(item)) return {};
  return isRawObject(item['event']) ? item['event'] : item;
}

async function estimate(context: ServiceContext, raw: RawEvent, price: PriceEvent): Promise<Result<readonly EstimatedFee[]>> {
  const db = context.database.read;
  const { organizationId } = context;
  const { code, external_subscription_id: externalId, transaction_id: transactionId } = raw;
  const row =
    typeof externalId !== 'string' ? null : await db.manager.findOneBy(subscriptions, { organizationId, externalId, status: 'active' });
  if (row === null) return notFound('subscription');
  const metric =
    typeof code !== 'string' ? null : await db.manager.findOneBy(billableMetrics, { organizationId, code, deletedAt: IsNull() });
  if (metric === null) return notFound('billable_metric');
  const plan = await readPlanTerms(db, row.planId);
  const charges = plan.charges.filter((charge) => charge.payInAdvance && charge.metric.id === metric.id);
  if (charges.length === 0) return invalid({ code: ['does_not_match_an_instant_charge'] });
  const event: UsageEvent = {
    at: context.clock.now(),
    sequence: Number.MAX_SAFE_INTEGER,
    transactionId: typeof transactionId === 'string' ? transactionId : '',
    properties: isRawObject(raw['properties']) ? raw['properties'] : {},
    preciseTotalAmountCents: readPreciseAmount(raw['precise_total_amount_cents']),
  };
  if (NUMERIC.has(metric.aggregationType) && charges.every((charge) => meteredEvent(charge.metric, event) === null)) {
    return invalid({ properties: ['value_is_not_valid_number'] });
  }
  return ok(await priceOn(context, { row, plan, charges, event, price }));
}

interface Pricing {
  readonly row: Subscription;
  readonly plan: Awaited<ReturnType<typeof readPlanTerms>>;
  readonly charges: readonly ChargeTerms[];
  readonly event: UsageEvent;
  readonly price: PriceEvent;
}

async function priceOn(context: ServiceContext, { row, plan, charges, event, price }: Pricing): Promise<readonly EstimatedFee[]> {
  const db = context.database.read;
  const customer = await readCustomer(db, row.customerId);
  const timeZone = customerTimeZone(customer, await readOrganization(db, context.organizationId));
  const { window } = chargePeriodContaining(subscriptionTerms(row, timeZone), plan, dateIn(event.at, timeZone));
  const facts = { subscriptionId: row.id, plan, inheritedTaxes: (await applicableTaxes(db, customer)).map(taxTerms) };
  const scope = { organizationId: context.organizationId, externalSubscriptionId: row.externalId, window, currency: plan.currency, event };
  return charges.flatMap((charge) => {
    const priced = price(context, { ...scope, charge });
    if (priced === null) return [];
    const draft = chargeFeeDraft(facts, { charge, buckets: [], watermark: null }, priced);
    return [
      {
        draft,
        taxes: feeTaxes({ amountCents: draft.amountCents, preciseCouponsAmountCents: ZERO, taxes: draft.taxes }),
        currency: plan.currency,
        customer: { id: customer.id, externalId: customer.externalId },
        externalSubscriptionId: row.externalId,
        transactionId: event.transactionId === '' ? null : event.transactionId,
      },
    ];
  });
}

function instantFee({ charge, window, event, currency }: AdvanceFeeRequest): ChargeFeeDraft | null {
  const counted = meteredEvent(charge.metric, event);
  if (counted === null) return null;
  const key = bucketKeyReader(charge)(event.properties);
  const terms = aggregationTerms(charge, window);
  return advanceFee(charge, advanceEvent(terms, key, { carried: nothingCarried(), events: [counted] }), currency);
}
