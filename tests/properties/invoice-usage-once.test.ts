import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Temporal } from '../../shared/dates.ts';
import { Story } from '../support/story.ts';

const PLANS = ['week', 'month', 'ahead', 'quarter', 'year', 'yearAhead'] as const;
const ZONES = ['UTC', 'Asia/Tokyo', 'America/New_York', 'Pacific/Honolulu', 'Pacific/Auckland'] as const;

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('use' as const) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('subscribe' as const), plan: fc.constantFrom(...PLANS) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('end' as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('move' as const), timezone: fc.constantFrom(...ZONES) }) },
);
const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), step), { minLength: 6, maxLength: 18 });
type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

async function preparePlans(s: Story): Promise<void> {
  await s.metric('calls', { aggregation_type: 'count_agg', field_name: null });
  const charges = [{ metric: 'calls' }];
  await s.plan('week', { interval: 'weekly', amount_cents: 700, charges });
  await s.plan('month', { amount_cents: 3000, charges });
  await s.plan('ahead', { amount_cents: 2500, pay_in_advance: true, charges });
  await s.plan('quarter', { interval: 'quarterly', amount_cents: 9500, charges });
  await s.plan('year', { interval: 'yearly', amount_cents: 36_500, bill_charges_monthly: true, charges });
  await s.plan('yearAhead', { interval: 'yearly', amount_cents: 20_000, pay_in_advance: true, bill_charges_monthly: true, charges });
}

/** Lives through the steps; answers how often something was used, and how often that was billed. */
async function live(list: Steps, billing_time: 'calendar' | 'anniversary'): Promise<{ readonly used: number; readonly billed: number }> {
  const s = await Story.begin('2023-01-05T10:00:00Z');
  try {
    await preparePlans(s);
    await s.subscribe({ plan: 'month', billing_time });
    let now = Temporal.Instant.from('2023-01-05T10:00:00Z');
    let used = 0;
    let isActive = true;
    for (const [hours, next] of list) {
      now = now.add({ hours });
      s.at(now.toString());
      if (next.act === 'move') await s.customer('acme', { timezone: next.timezone });
      else if (next.act === 'subscribe') {
        await s.subscribe({ plan: next.plan, billing_time });
        isActive = true;
      } else if (isActive && next.act === 'end') {
        await s.terminate('acme');
        isActive = false;
      } else if (isActive) {
        await s.use('calls', 1);
        used += 1;
      }
    }
    s.at(now.add({ hours: 1 }).toString());
    if (isActive) await s.terminate('acme');
    const fees = (await s.invoices()).flatMap((invoice) => invoice.fees).filter((fee) => fee.item.code === 'calls');
    return { used, billed: fees.reduce((sum, fee) => sum + Number(fee.units), 0) };
  } finally {
    await s.close();
  }
}

test('usage is billed once, whatever becomes of its subscription', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom('calendar' as const, 'anniversary' as const), async (list, billingTime) => {
      const { used, billed } = await live(list, billingTime);
      expect(billed).toBe(used);
    }),
    { numRuns: 6 },
  );
});
