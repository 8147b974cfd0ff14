import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BillingItem } from '../../main/billing/billing-item.ts';
import type { PlanTerms } from '../../main/billing/facts.ts';
import { subscriptionFee } from '../../main/billing/fees/subscription-fee.ts';
import { periodicItem, startingItem, terminatingItem } from '../../main/billing/occasions.ts';
import { feeGrid, periodContaining } from '../../main/billing/periods/index.ts';
import { unusedAmountCents } from '../../main/billing/plan-change.ts';
import { BILLING_INTERVALS, BILLING_TIMES } from '../../shared/billing-interval.ts';
import { daysBetween, startOfDay, Temporal } from '../../shared/dates.ts';
import { decimal, ZERO } from '../../shared/decimal.ts';
import { cents, roundCents } from '../../shared/money.ts';
import { plan, subscription } from '../support/subscription-builders.ts';

const dates = fc.integer({ min: 0, max: 11_000 }).map((days) => Temporal.PlainDate.from('2010-01-01').add({ days }));
const plans = fc
  .record({ interval: fc.constantFrom(...BILLING_INTERVALS), price: fc.integer({ min: 0, max: 10_000_000 }) })
  .map(({ interval, price }) => plan({ interval, amountCents: cents(price) }));
const zones = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Europe/Paris', 'Pacific/Honolulu');
const times = fc.constantFrom(...BILLING_TIMES);

const feeOf = (of: PlanTerms, item: BillingItem): bigint =>
  (item.subscriptionFee && subscriptionFee(of, item.subscriptionFee)?.amountCents) ?? 0n;

test('a whole period costs exactly the plan’s amount', () => {
  fc.assert(
    fc.property(plans, times, dates, dates, zones, (of, billingTime, start, later, timeZone) => {
      fc.pre(Temporal.PlainDate.compare(start, later) < 0);
      const terms = subscription(startOfDay(start, timeZone).toString(), { billingTime, timeZone });
      const { next } = periodContaining(feeGrid(terms, of), later);
      const after = periodContaining(feeGrid(terms, of), next).next;
      expect(feeOf(of, periodicItem(terms, of, after))).toBe(of.amountCents);
      const advance = { ...of, payInAdvance: true };
      expect(feeOf(advance, periodicItem(terms, advance, next))).toBe(of.amountCents);
    }),
  );
});

test('the first period of an anniversary is whole', () => {
  fc.assert(
    fc.property(plans, dates, zones, (of, start, timeZone) => {
      const terms = subscription(startOfDay(start, timeZone).toString(), { billingTime: 'anniversary', timeZone });
      expect(feeOf(of, startingItem(terms, of, start))).toBe(of.amountCents);
    }),
  );
});

test('an upgrade parts a period so that both parts come to the whole, give or take a cent', () => {
  fc.assert(
    fc.property(plans, times, dates, fc.nat(), zones, (of, billingTime, start, offset, timeZone) => {
      const startedAt = startOfDay(start, timeZone);
      const terms = subscription(startedAt.toString(), { billingTime, timeZone });
      const { next } = periodContaining(feeGrid(terms, of), start);
      const day = start.add({ days: offset % daysBetween(start, next) });
      const change = startOfDay(day, timeZone).add({ hours: 10 });
      const whole = feeOf(of, startingItem(terms, of, start));
      const ended = { ...terms, terminatedAt: change, endsBeforeTermination: true };
      const old = feeOf(of, terminatingItem(ended, of, { kind: 'upgrade', at: change, excludedMetricIds: [] }));
      const fresh = feeOf(of, startingItem({ ...terms, startedAt: change }, of, day));
      expect(Number(old + fresh - whole)).toBeGreaterThanOrEqual(-1);
      expect(Number(old + fresh - whole)).toBeLessThanOrEqual(1);
    }),
  );
});

test('what is credited and what was used come to the fee, give or take a cent', () => {
  fc.assert(
    fc.property(plans, dates, fc.nat(), (of, start, offset) => {
      const advance = { ...of, payInAdvance: true };
      const terms = subscription(startOfDay(start, 'UTC').toString());
      const { next } = periodContaining(feeGrid(terms, of), start);
      const endDate = start.add({ days: offset % daysBetween(start, next) });
      const paid = feeOf(advance, startingItem(terms, advance, start));
      const change = startOfDay(endDate, 'UTC').add({ hours: 10 });
      const used = feeOf(of, terminatingItem({ ...terms, terminatedAt: change }, of, { kind: 'termination', at: change }));
      const credited = roundCents(
        unusedAmountCents({
          subscription: terms,
          plan: advance,
          endDate,
          isEndDateUsed: true,
          planAmountCents: decimal(of.amountCents),
          feeAmountCents: cents(paid),
          creditedCents: ZERO,
        }),
      );
      expect(credited).toBeLessThanOrEqual(paid);
      expect(Number(used + credited - paid)).toBeGreaterThanOrEqual(-1);
      expect(Number(used + credited - paid)).toBeLessThanOrEqual(1);
    }),
  );
});
