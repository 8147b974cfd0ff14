import { expect, test } from 'vitest';
import type {
  AssignPreviewAnswer,
  ChangePreviewAnswer,
  CouponPreviewAnswer,
  EffectsAnswer,
  FinalizePreviewAnswer,
  PreviewedInvoice,
  TerminationPreviewAnswer,
  VoidPreviewAnswer,
} from '../../../shared/internal/effects.ts';
import { dumpBooks } from '../../support/books-dump.ts';
import { internalClient } from '../../support/internal-client.ts';
import { Story, subscriptionOf, type StoryInvoice, type Subscribing } from '../../support/story.ts';

/** Asks for a preview, and proves that it left nothing behind. */
async function preview<Body>(story: Story, path: string, body: unknown): Promise<Body> {
  const before = dumpBooks(story.app);
  const told: unknown[] = [];
  const unsubscribe = story.app.engine.services.context.database.changes.subscribe((changes) => told.push(changes));
  const answer = await internalClient(story.app).post<Body>(`/preview/${path}`, body);
  unsubscribe();
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(dumpBooks(story.app), 'a preview stores nothing').toEqual(before);
  expect(told, 'a preview tells nobody of a change').toEqual([]);
  return answer.body;
}

/** A preview that is refused: status and field errors. */
async function refusal(story: Story, path: string, body: unknown): Promise<unknown> {
  const before = dumpBooks(story.app);
  const answer = await internalClient(story.app).post<{ readonly code: string; readonly error_details?: unknown }>(
    `/preview/${path}`,
    body,
  );
  expect(dumpBooks(story.app)).toEqual(before);
  return [answer.status, answer.body.error_details ?? answer.body.code];
}

const assignment = (story: Story, asked: Subscribing): Promise<AssignPreviewAnswer> =>
  preview(story, 'subscription', { subscription: subscriptionOf(asked) });
const change = (story: Story, plan: string): Promise<ChangePreviewAnswer> =>
  preview(story, 'change', { subscription: subscriptionOf({ plan }) });

/** What an invoice comes to, in the same words whether it exists or not. */
function amounts(invoice: PreviewedInvoice | StoryInvoice | null | undefined): unknown {
  if (invoice === null || invoice === undefined) return null;
  return {
    date: invoice.issuing_date,
    due: invoice.payment_due_date,
    fees: invoice.fees.map((fee) => fee.amount_cents),
    coupons: invoice.coupons_amount_cents,
    taxes: invoice.taxes_amount_cents,
    notes: invoice.credit_notes_amount_cents,
    total: invoice.total_amount_cents,
  };
}

const books = async (begin: string, tell: (story: Story) => Promise<void>): Promise<void> => {
  const story = await Story.begin(begin);
  try {
    await story.customer('acme', { name: 'Acme', currency: 'USD' });
    await tell(story);
  } finally {
    await story.close();
  }
};

test('an assignment in the middle of a month in advance shows the prorated fee with its days, and is billed so', () =>
  books('2024-04-14T09:00:00Z', async (story) => {
    await story.plan('pro', { amount_cents: 3000, pay_in_advance: true });
    const shown = await assignment(story, { plan: 'pro' });
    expect(shown.invoices).toHaveLength(1);
    expect(shown.first_invoice?.fees[0]?.days).toEqual({ plan_amount: '30', billed_days: 17, period_days: 30 });
    expect(shown.first_invoice?.fees[0]?.span).toEqual({ from: '2024-04-14', to: '2024-04-30' });
    expect(shown.first_invoice?.total_amount_cents).toBe(1700); // 3000 × 17/30
    expect(shown.periods).toEqual([
      { from: '2024-04-14', to: '2024-04-30', state: 'current', days: 17, period_days: 30 },
      { from: '2024-05-01', to: '2024-05-31', state: 'next', days: 31, period_days: 31 },
      { from: '2024-06-01', to: '2024-06-30', state: 'next', days: 30, period_days: 30 },
    ]);
    await story.subscribe({ plan: 'pro' });
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.invoices[0]));
  }));

test('an assignment in arrears bills nothing now and shows the invoice of the next billing date', () =>
  books('2024-04-14T09:00:00Z', async (story) => {
    await story.plan('basic', { amount_cents: 3000 });
    const shown = await assignment(story, { plan: 'basic', billing_time: 'anniversary' });
    expect(shown.invoices).toEqual([]);
    expect(shown.periods.map(({ from, to }) => [from, to])).toEqual([
      ['2024-04-14', '2024-05-13'],
      ['2024-05-14', '2024-06-13'],
      ['2024-06-14', '2024-07-13'],
    ]);
    expect(shown.first_invoice?.issuing_date).toBe('2024-05-14');
    expect(shown.first_invoice?.total_amount_cents).toBe(3000);
    await story.subscribe({ plan: 'basic', billing_time: 'anniversary' });
    await story.at('2024-05-14T00:00:00Z').runDueWork();
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.first_invoice));
  }));

test('dates are those of the customer’s zone', () =>
  books('2024-04-30T20:00:00Z', async (story) => {
    await story.customer('karachi', { currency: 'USD', timezone: 'Asia/Karachi' });
    await story.plan('pro', { amount_cents: 3100, pay_in_advance: true });
    const shown = await assignment(story, { plan: 'pro', customer: 'karachi' });
    expect(shown.starts_on).toBe('2024-05-01');
    expect(shown.periods[0]).toEqual({ from: '2024-05-01', to: '2024-05-31', state: 'current', days: 31, period_days: 31 });
    expect(shown.first_invoice?.total_amount_cents).toBe(3100);
    expect(shown.first_invoice?.fees[0]?.span).toEqual({ from: '2024-05-01', to: '2024-05-31' });
  }));

test('a trial shows when it ends and the invoice of the days behind it', () =>
  books('2024-03-05T12:12:00Z', async (story) => {
    await story.plan('pro', { amount_cents: 5_000_000, pay_in_advance: true, trial_period: 10 });
    const shown = await assignment(story, { plan: 'pro' });
    expect(shown.trial_ends_on).toBe('2024-03-15');
    expect(shown.invoices).toEqual([]);
    expect(shown.first_invoice?.total_amount_cents).toBe(2_741_935); // 17/31
    await story.subscribe({ plan: 'pro' });
    await story.at('2024-03-15T12:12:00Z').runDueWork();
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.first_invoice));
  }));

test('a start in the future waits, with its periods from that day on', () =>
  books('2024-04-14T09:00:00Z', async (story) => {
    await story.plan('pro', { amount_cents: 3000, pay_in_advance: true });
    const shown = await assignment(story, { plan: 'pro', subscription_at: '2024-06-16T00:00:00Z' });
    expect([shown.status, shown.starts_on]).toEqual(['pending', '2024-06-16']);
    expect(shown.periods[0]).toEqual({ from: '2024-06-16', to: '2024-06-30', state: 'current', days: 15, period_days: 30 });
    expect(shown.first_invoice?.issuing_date).toBe('2024-06-16');
    expect(shown.first_invoice?.total_amount_cents).toBe(1500);
  }));

test('an override of the amount counts', () =>
  books('2024-04-16T09:00:00Z', async (story) => {
    await story.plan('pro', { amount_cents: 3000, pay_in_advance: true });
    const shown = await assignment(story, { plan: 'pro', plan_overrides: { amount_cents: 6000 } });
    expect(shown.first_invoice?.total_amount_cents).toBe(3000); // 6000 × 15/30
  }));

test('an upgrade credits the unused days and bills the new plan now', () =>
  books('2024-03-01T00:00:00Z', async (story) => {
    await story.plan('small', { amount_cents: 1000, pay_in_advance: true });
    await story.plan('large', { amount_cents: 1500, pay_in_advance: true });
    await story.subscribe({ plan: 'small' });
    await story.at('2024-03-12T10:00:00Z').runDueWork();
    const shown = await change(story, 'large');
    expect([shown.kind, shown.takes_effect_on]).toEqual(['upgrade', '2024-03-12']);
    expect([shown.current.yearly_amount_cents, shown.next.yearly_amount_cents]).toEqual([12_000, 18_000]);
    expect(shown.credit_notes).toMatchObject([{ total_amount_cents: 645, balance_amount_cents: 0, days: 20 }]); // 1000 × 20/31
    expect(shown.invoices.map(amounts)).toEqual([
      { date: '2024-03-12', due: '2024-03-12', fees: [968], coupons: 0, taxes: 0, notes: 645, total: 323 }, // 1500 × 20/31
    ]);
    expect(shown.next_invoice_before?.total_amount_cents).toBe(1000);
    expect(shown.next_invoice_after?.total_amount_cents).toBe(1500);
    await story.subscribe({ plan: 'large' });
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.invoices[0]));
    expect(await story.notes()).toEqual(['2024-03-12: 645 credit, 0 left']);
    await story.at('2024-04-01T00:00:00Z').runDueWork();
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.next_invoice_after));
  }));

test('an upgrade in arrears bills the elapsed days of the old plan, usage included', () =>
  books('2024-08-01T00:00:00Z', async (story) => {
    await story.metric('calls');
    await story.plan('small', { amount_cents: 3100, charges: [{ metric: 'calls', properties: { amount: '0.5' } }] });
    await story.plan('large', { amount_cents: 6200 });
    await story.subscribe({ plan: 'small' });
    await story.at('2024-08-21T10:00:00Z').use('calls', 9, { when: '2024-08-20T10:00:00Z' });
    const shown = await change(story, 'large');
    expect(shown.credit_notes).toEqual([]);
    expect(shown.invoices[0]?.fees.map(({ amount_cents: cents }) => cents)).toEqual([2000, 450]); // 3100 × 20/31, 9 × 0.50
    expect(shown.next_invoice_after?.fees.map(({ amount_cents: cents }) => cents)).toEqual([2200]); // 6200 × 11/31
    await story.subscribe({ plan: 'large' });
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.invoices[0]));
    await story.at('2024-09-01T00:00:00Z').runDueWork();
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.next_invoice_after));
  }));

test('a downgrade makes nothing now and takes over at the end of the period', () =>
  books('2024-03-12T10:00:00Z', async (story) => {
    await story.plan('small', { amount_cents: 1000, pay_in_advance: true });
    await story.plan('middle', { amount_cents: 1200, pay_in_advance: true });
    await story.plan('large', { amount_cents: 1500, pay_in_advance: true });
    await story.subscribe({ plan: 'large' });
    const shown = await change(story, 'small');
    expect([shown.kind, shown.takes_effect_on, shown.invoices, shown.credit_notes]).toEqual(['downgrade', '2024-04-01', [], []]);
    expect([shown.next_invoice_before?.total_amount_cents, shown.next_invoice_after?.total_amount_cents]).toEqual([1500, 1000]);
    await story.subscribe({ plan: 'small' });
    const another = await change(story, 'middle');
    expect([another.gives_up_plan_name, another.next_invoice_after?.total_amount_cents]).toEqual(['small', 1200]);
    expect((await change(story, 'large')).kind).toBe('unchanged');
    const again = await change(story, 'small');
    expect([again.kind, again.gives_up_plan_name]).toEqual(['waiting', null]);
    await story.at('2024-04-01T00:00:00Z').runDueWork();
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.next_invoice_after));
  }));

test('a downgrade of a yearly plan with monthly charges is compared where it takes over', () =>
  books('2024-01-15T00:00:00Z', async (story) => {
    const terms = { interval: 'yearly', pay_in_advance: true, bill_charges_monthly: true };
    await story.plan('large', { ...terms, amount_cents: 120_000 });
    await story.plan('small', { ...terms, amount_cents: 60_000 });
    await story.subscribe({ plan: 'large', billing_time: 'anniversary' });
    const shown = await change(story, 'small');
    expect(shown.takes_effect_on).toBe('2025-01-15');
    const next = [shown.next_invoice_before, shown.next_invoice_after].map((one) => [one?.issuing_date, one?.total_amount_cents]);
    expect(next).toEqual([
      ['2025-01-15', 120_000],
      ['2025-01-15', 60_000],
    ]);
  }));

test('a termination shows its credit note and its last invoice, and each option', () =>
  books('2025-02-08T09:00:00Z', async (story) => {
    // Who would be told of it is not.
    await story.post('/webhook_endpoints', { webhook_endpoint: { webhook_url: 'http://127.0.0.1:9/told' } });
    await story.tax('vat', 20, { applied_to_organization: true });
    await story.metric('calls');
    await story.plan('pro', { amount_cents: 10_000, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await story.subscribe({ plan: 'pro' });
    await story.at('2025-02-21T10:00:00Z').use('calls', 50);
    const ask = (options: object = {}): Promise<TerminationPreviewAnswer> =>
      preview(story, 'termination', { external_id: 'acme', ...options });
    const shown = await ask();
    expect(shown.credit_notes).toMatchObject([{ total_amount_cents: 3000, balance_amount_cents: 0, days: 7 }]);
    expect(shown.invoices.map(({ total_amount_cents: total }) => total)).toEqual([3000]); // 5000 + 1000 − 3000
    expect(await ask({ on_termination_invoice: 'skip' })).toMatchObject({ invoices: [], credit_notes: [{ balance_amount_cents: 3000 }] });
    expect(await ask({ on_termination_credit_note: 'skip' })).toMatchObject({ invoices: [{ total_amount_cents: 6000 }], credit_notes: [] });
    expect(await refusal(story, 'termination', { external_id: 'acme', on_termination_invoice: 'x' })).toEqual([
      422,
      { on_termination_invoice: ['invalid_value'] },
    ]);
    await story.terminate('acme');
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.invoices[0]));
    expect(await story.notes()).toEqual(['2025-02-21: 3000 credit, 0 left']);
  }));

test('the note of a fee that still stands on a draft is shown with what it will come to', () =>
  books('2025-02-08T09:00:00Z', async (story) => {
    await story.customer('slow', { currency: 'USD', billing_configuration: { invoice_grace_period: 5 } });
    await story.plan('pro', { amount_cents: 2800, pay_in_advance: true });
    await story.subscribe({ plan: 'pro', customer: 'slow' });
    await story.at('2025-02-10T09:00:00Z').runDueWork();
    const shown = await preview<TerminationPreviewAnswer>(story, 'termination', { external_id: 'slow' });
    expect(shown.credit_notes).toMatchObject([{ total_amount_cents: 1800, days: 18 }]); // 2800 × 18/28
    expect(shown.invoices).toMatchObject([{ draft_until: '2025-02-15', issuing_date: '2025-02-15', total_amount_cents: 0 }]);
  }));

test('what waits is canceled without any document', () =>
  books('2025-02-08T09:00:00Z', async (story) => {
    await story.plan('pro', { amount_cents: 2800, pay_in_advance: true });
    await story.subscribe({ plan: 'pro', subscription_at: '2025-03-01T00:00:00Z' });
    const shown = await preview<TerminationPreviewAnswer>(story, 'termination', { external_id: 'acme', status: 'pending' });
    expect(shown).toMatchObject({ status: 'pending', invoices: [], credit_notes: [] });
  }));

async function couponBooks(story: Story, coupon: object): Promise<CouponPreviewAnswer> {
  await story.plan('basic', { amount_cents: 3000 });
  await story.subscribe({ plan: 'basic', subscription_at: '2024-04-01T00:00:00Z' });
  await story.post('/coupons', { coupon: { name: 'Spring', code: 'spring', expiration: 'no_expiration', ...coupon } });
  return preview(story, 'coupon', { applied_coupon: { external_customer_id: 'acme', coupon_code: 'spring' } });
}

/** Applies it really and compares the three invoices that follow. */
async function expectBilledAsShown(story: Story, shown: CouponPreviewAnswer): Promise<void> {
  await story.post('/applied_coupons', { applied_coupon: { external_customer_id: 'acme', coupon_code: 'spring' } });
  await story.at('2024-07-01T00:00:00Z').runDueWork();
  expect((await story.invoices()).map(amounts)).toEqual(shown.upcoming.map(({ after }) => amounts(after)));
}

test('a fixed coupon carries its rest over to the next invoice', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    const terms = { coupon_type: 'fixed_amount', amount_cents: 4000, amount_currency: 'USD', frequency: 'once' };
    const shown = await couponBooks(story, terms);
    expect(shown.upcoming.map(({ before }) => before.total_amount_cents)).toEqual([3000, 3000, 3000]);
    expect(shown.upcoming.map(({ after }) => after.total_amount_cents)).toEqual([0, 2000, 3000]);
    expect(shown.applied_coupon.amount_cents_remaining).toBe(4000);
    await expectBilledAsShown(story, shown);
  }));

test('a percentage for two invoices ends after them', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    const terms = { coupon_type: 'percentage', percentage_rate: '10', frequency: 'recurring', frequency_duration: 2 };
    const shown = await couponBooks(story, terms);
    expect(shown.upcoming.map(({ after }) => after.total_amount_cents)).toEqual([2700, 2700, 3000]);
    await expectBilledAsShown(story, shown);
  }));

test('a coupon is taken off a draft when that becomes final', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    await story.customer('acme', { billing_configuration: { invoice_grace_period: 3 } });
    await story.plan('pro', { amount_cents: 3000, pay_in_advance: true });
    await story.subscribe({ plan: 'pro' });
    await story.post('/coupons', {
      coupon: {
        name: 'One',
        code: 'one',
        coupon_type: 'percentage',
        percentage_rate: '50',
        frequency: 'once',
        expiration: 'no_expiration',
      },
    });
    const shown = await preview<CouponPreviewAnswer>(story, 'coupon', {
      applied_coupon: { external_customer_id: 'acme', coupon_code: 'one' },
    });
    expect(shown.upcoming.map(({ after }) => [after.issuing_date, after.total_amount_cents])).toEqual([
      ['2024-04-04', 1500],
      ['2024-05-04', 3000],
      ['2024-06-04', 3000],
    ]);
  }));

test('an add-on with an amount of its own is the invoice that is made', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    await story.tax('vat', 20, { applied_to_organization: true });
    await story.post('/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 9900, amount_currency: 'USD' } });
    const body = { applied_add_on: { external_customer_id: 'acme', add_on_code: 'setup', amount_cents: 5000, amount_currency: 'USD' } };
    const shown = await preview<EffectsAnswer>(story, 'add_on', body);
    expect(shown.invoices.map(({ total_amount_cents: total }) => total)).toEqual([6000]);
    expect(await refusal(story, 'add_on', { applied_add_on: { ...body.applied_add_on, amount_currency: 'EUR' } })).toEqual([
      422,
      { currency: ['currencies_does_not_match'] },
    ]);
    await story.post('/applied_add_ons', body);
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.invoices[0]));
  }));

test('a one-off invoice is shown as it will be', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    await story.post('/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 9900, amount_currency: 'USD' } });
    const body = { invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'setup', units: '2.5', unit_amount_cents: 1001 }] } };
    const shown = await preview<EffectsAnswer>(story, 'one_off', body);
    expect(shown.invoices.map(({ total_amount_cents: total }) => total)).toEqual([2503]); // 2502.5
    await story.post('/invoices', body);
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.invoices[0]));
  }));

test('a draft is shown as it would be final today, and a voided invoice with what it gives back', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    await story.customer('acme', { billing_configuration: { invoice_grace_period: 3 } });
    await story.plan('pro', { amount_cents: 3000, pay_in_advance: true });
    await story.post('/coupons', {
      coupon: {
        name: 'One',
        code: 'one',
        coupon_type: 'percentage',
        percentage_rate: '50',
        frequency: 'once',
        expiration: 'no_expiration',
      },
    });
    await story.post('/applied_coupons', { applied_coupon: { external_customer_id: 'acme', coupon_code: 'one' } });
    await story.subscribe({ plan: 'pro' });
    const draft = await story.lastInvoice();
    const shown = await preview<FinalizePreviewAnswer>(story, 'finalize', { invoice_id: draft.lago_id });
    expect([shown.invoice.issuing_date, shown.invoice.total_amount_cents]).toEqual(['2024-04-01', 1500]);
    await story.put(`/invoices/${draft.lago_id}/finalize`);
    expect(amounts(await story.lastInvoice())).toEqual(amounts(shown.invoice));
    const back = await preview<VoidPreviewAnswer>(story, 'void', { invoice_id: draft.lago_id });
    expect(back.gives_back.coupons).toEqual([{ name: 'One', amount_cents: 1500 }]);
    expect(back.total_due_amount_cents).toBe(1500);
  }));

test('while effects are looked at, events come in', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    await story.metric('calls');
    await story.plan('basic', { amount_cents: 3000, charges: [{ metric: 'calls' }] });
    await story.subscribe({ plan: 'basic' });
    const client = internalClient(story.app);
    const asked = { external_id: 'acme' };
    const [first, , second] = await Promise.all([
      client.post<TerminationPreviewAnswer>('/preview/termination', asked),
      story.use('calls', 7),
      client.post<TerminationPreviewAnswer>('/preview/termination', asked),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    // 1/30 of the base fee, and the event, which no preview undid.
    expect((await preview<TerminationPreviewAnswer>(story, 'termination', asked)).invoices[0]?.total_amount_cents).toBe(800);
  }));

test('what the command refuses, its preview refuses', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    await story.plan('pro');
    await story.plan('euro', { amount_currency: 'EUR' });
    await story.subscribe({ plan: 'pro' });
    const ask = (asked: Subscribing): Promise<unknown> => refusal(story, 'subscription', { subscription: subscriptionOf(asked) });
    expect(await ask({ plan: 'nothing', as: 'new' })).toEqual([404, 'plan_not_found']);
    expect(await ask({ plan: 'euro', as: 'new' })).toEqual([422, { currency: ['currencies_does_not_match'] }]);
    expect(await ask({ plan: 'pro', as: 'new', ending_at: '2024-03-01' })).toEqual([422, { ending_at: ['invalid_date'] }]);
    expect(await ask({ plan: 'pro' })).toEqual([422, { external_id: ['value_already_exist'] }]);
    expect(await ask({ plan: 'pro', customer: 'nobody' })).toEqual([404, 'customer_not_found']);
    expect(await refusal(story, 'termination', { external_id: 'nobody' })).toEqual([404, 'subscription_not_found']);
  }));
