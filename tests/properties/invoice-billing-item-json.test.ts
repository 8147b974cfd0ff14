import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BillingItem } from '../../main/billing/billing-item.ts';
import type { PlanTerms, SubscriptionTerms } from '../../main/billing/facts.ts';
import { advanceUsageItem, periodicItem, startingItem, terminatingItem, type Ending } from '../../main/billing/occasions.ts';
import { chargeGrid, nextBoundary } from '../../main/billing/periods/index.ts';
import { billingItemFromJson, billingItemToJson } from '../../main/invoicing/billing-item-json.ts';
import { BILLING_INTERVALS, BILLING_TIMES } from '../../shared/billing-interval.ts';
import { startOfDay, Temporal } from '../../shared/dates.ts';
import { plan, subscription } from '../support/subscription-builders.ts';

const rows = fc
  .record({
    days: fc.integer({ min: 0, max: 9000 }),
    ms: fc.integer({ min: 0, max: 80_000_000 }),
    interval: fc.constantFrom(...BILLING_INTERVALS),
    billingTime: fc.constantFrom(...BILLING_TIMES),
    payInAdvance: fc.boolean(),
    billChargesMonthly: fc.boolean(),
    timeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia'),
    later: fc.integer({ min: 0, max: 90 }),
  })
  .map(({ days, ms, timeZone, billingTime, later, ...terms }) => {
    const startedAt = startOfDay(Temporal.PlainDate.from('2005-01-01').add({ days }), timeZone).add({ milliseconds: ms });
    return {
      row: subscription(startedAt.toString(), { timeZone, billingTime }),
      of: plan(terms),
      endsAt: startedAt.add({ hours: 24 * later }),
    };
  });

function itemsOf(row: SubscriptionTerms, of: PlanTerms, endsAt: Temporal.Instant): readonly BillingItem[] {
  const date = row.startedAt.toZonedDateTimeISO(row.timeZone).toPlainDate();
  const endings: readonly Ending[] = [
    { kind: 'termination', at: endsAt },
    { kind: 'upgrade', at: endsAt, excludedMetricIds: ['metric-1', 'metric-2'] },
  ];
  return [
    startingItem(row, of, date),
    periodicItem(row, of, nextBoundary(chargeGrid(row, of), date)),
    advanceUsageItem(row, of, date),
    ...endings.map((ending) =>
      terminatingItem({ ...row, terminatedAt: endsAt, endsBeforeTermination: ending.kind === 'upgrade' }, of, ending),
    ),
  ];
}

/** Temporal values keep their state out of sight: their text stands for them. */
const asText = (item: BillingItem): unknown => JSON.parse(JSON.stringify(item));

test('what a draft bills is the same after it was stored', () => {
  fc.assert(
    fc.property(rows, ({ row, of, endsAt }) => {
      for (const item of itemsOf(row, of, endsAt)) {
        const stored: unknown = JSON.parse(JSON.stringify(billingItemToJson(item)));
        expect(asText(billingItemFromJson(stored))).toEqual(asText(item));
      }
    }),
  );
});
