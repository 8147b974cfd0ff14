import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Temporal } from '../../shared/dates.ts';
import { Story, type Subscribing } from '../support/story.ts';

const BEGIN = '2023-01-05T10:00:00Z';
const END = '2023-07-03T00:00:00Z';
const PLANS = ['week', 'month', 'ahead', 'trial', 'quarter', 'year'] as const;

const subscribing = fc.record({
  plan: fc.constantFrom(...PLANS),
  customer: fc.constantFrom('acme', 'tokyo', 'grace'),
  billing_time: fc.constantFrom('calendar' as const, 'anniversary' as const),
  startDay: fc.integer({ min: -40, max: 60 }),
  endDay: fc.option(fc.integer({ min: 61, max: 170 })),
  downTo: fc.option(fc.constantFrom('cheap', 'cheapest')),
});
type Drawn = typeof subscribing extends fc.Arbitrary<infer T> ? T : never;

const dayAfterBegin = (days: number): string =>
  Temporal.Instant.from(BEGIN)
    .add({ hours: 24 * days })
    .toString();

async function tell(rows: readonly Drawn[], stops: readonly number[]): Promise<unknown> {
  const s = await Story.begin(BEGIN);
  try {
    await s.customer('acme');
    await s.customer('tokyo', { timezone: 'Asia/Tokyo' });
    await s.customer('grace', { billing_configuration: { invoice_grace_period: 4 } });
    await s.tax('vat', 19, { applied_to_organization: true });
    await s.metric('calls');
    await s.plan('week', { interval: 'weekly', amount_cents: 701, charges: [{ metric: 'calls' }] });
    await s.plan('month', { amount_cents: 3001, charges: [{ metric: 'calls', min_amount_cents: 500 }] });
    await s.plan('ahead', { amount_cents: 2999, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.plan('trial', { amount_cents: 4000, pay_in_advance: true, trial_period: 33 });
    await s.plan('quarter', { interval: 'quarterly', amount_cents: 9100, pay_in_advance: true });
    await s.plan('year', { interval: 'yearly', amount_cents: 36_500, bill_charges_monthly: true, charges: [{ metric: 'calls' }] });
    await s.plan('cheap', { amount_cents: 100, pay_in_advance: true });
    await s.plan('cheapest', { amount_cents: 50 });
    for (const [index, row] of rows.entries()) {
      const as = `row-${String(index)}`;
      const ends = row.endDay === null ? {} : { ending_at: dayAfterBegin(row.endDay) };
      const asked: Subscribing = {
        plan: row.plan,
        customer: row.customer,
        as,
        billing_time: row.billing_time,
        subscription_at: dayAfterBegin(row.startDay),
        ...ends,
      };
      await s.subscribe(asked);
      if (row.downTo !== null && row.startDay <= 0) await s.subscribe({ plan: row.downTo, customer: row.customer, as });
      await s.use('calls', index + 1, { by: as, when: dayAfterBegin(20 + index) });
    }
    for (const stop of [...stops].sort((one, other) => one - other)) await s.at(dayAfterBegin(stop)).runDueWork();
    await s.at(END).runDueWork();
    const books: unknown[] = [];
    for (const customer of ['acme', 'tokyo', 'grace']) {
      const invoices = await s.invoices(customer);
      books.push([await s.bills(customer), invoices.map((invoice) => [invoice.number, invoice.billing_periods]), await s.notes(customer)]);
    }
    // Ids are drawn in another order; everything else must be the same.
    return JSON.parse(JSON.stringify(books).replaceAll(/"lago_\w+":"[^"]*",?/g, ''));
  } finally {
    await s.close();
  }
}

test('one long jump of the clock bills as many short ones', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(subscribing, { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 175 }), { minLength: 1, maxLength: 12 }),
      async (rows, stops) => {
        expect(await tell(rows, stops)).toEqual(await tell(rows, []));
      },
    ),
    { numRuns: 3 },
  );
});
