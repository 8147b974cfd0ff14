import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Temporal } from '../../shared/dates.ts';
import { Story } from '../support/story.ts';

const PRICES = {
  week: { interval: 'weekly', amount_cents: 701 },
  month: { interval: 'monthly', amount_cents: 3001 },
  cheap: { interval: 'monthly', amount_cents: 997 },
  quarter: { interval: 'quarterly', amount_cents: 9100 },
  half: { interval: 'semiannual', amount_cents: 12_345, bill_charges_monthly: true },
  year: { interval: 'yearly', amount_cents: 36_500, bill_charges_monthly: true },
} as const;
type PlanCode = keyof typeof PRICES;
const codes = fc.constantFrom(...(Object.keys(PRICES) as PlanCode[]));

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('subscribe' as const), plan: codes }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('end' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('plan end' as const), days: fc.integer({ min: 1, max: 60 }) }) },
);
const stories = fc.record({
  steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 1500 }), step), { minLength: 1, maxLength: 8 }),
  billing_time: fc.constantFrom('calendar' as const, 'anniversary' as const),
  timezone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu'),
});
type StoryDrawn = typeof stories extends fc.Arbitrary<infer T> ? T : never;

/** Tells a story with every plan paid one way; answers what was billed less what was credited, and how many roundings that took. */
async function billed(drawn: StoryDrawn, pay_in_advance: boolean): Promise<{ readonly cents: number; readonly roundings: number }> {
  const s = await Story.begin('2023-01-05T10:00:00Z');
  try {
    await s.customer('acme', { timezone: drawn.timezone });
    for (const [code, terms] of Object.entries(PRICES)) await s.plan(code, { ...terms, pay_in_advance });
    let now = Temporal.Instant.from('2023-01-05T10:00:00Z');
    await s.subscribe({ plan: 'month', billing_time: drawn.billing_time });
    const isActive = async () => (await s.app.api.get('/subscriptions/acme')).status === 200;
    for (const [hours, next] of drawn.steps) {
      now = now.add({ hours });
      await s.at(now.toString()).runDueWork();
      if (next.act === 'subscribe') await s.subscribe({ plan: next.plan, billing_time: drawn.billing_time });
      else if (!(await isActive())) continue;
      else if (next.act === 'end') await s.terminate('acme');
      else await s.put('/subscriptions/acme', { subscription: { ending_at: now.add({ hours: 24 * next.days }).toString() } });
    }
    await s.at(now.add({ hours: 500 }).toString()).runDueWork();
    if (await isActive()) await s.terminate('acme');
    const fees = (await s.invoices()).flatMap((invoice) => invoice.fees.map((fee) => fee.amount_cents));
    const { credit_notes: notes } = await s.get<{ credit_notes: readonly { total_amount_cents: number }[] }>('/credit_notes?per_page=1000');
    const credits = notes.map((note) => -note.total_amount_cents);
    return { cents: [...fees, ...credits].reduce((sum, amount) => sum + amount, 0), roundings: fees.length + credits.length };
  } finally {
    await s.close();
  }
}

test('a line paid in advance costs, less its credits, what it costs in arrears', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (drawn) => {
      const advance = await billed(drawn, true);
      const arrears = await billed(drawn, false);
      expect(Math.abs(advance.cents - arrears.cents)).toBeLessThanOrEqual(Math.ceil((advance.roundings + arrears.roundings) / 2));
    }),
    { numRuns: 4 },
  );
});
