import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const numbers = async (s: Story, customer = 'acme') => (await s.invoices(customer)).map((invoice) => invoice.number);
const prefixed = async (s: Story, terms: Readonly<Record<string, unknown>> = {}) => {
  await s.organization({ document_number_prefix: 'hoo', ...terms });
  await s.plan('week', { interval: 'weekly', amount_cents: 700 });
  await s.plan('free', { amount_cents: 0 });
};

describe('the numbers of invoices', () => {
  scenario('count without a gap within each customer', '2023-01-01T00:00:00Z', async (s) => {
    await prefixed(s);
    await s.subscribe({ plan: 'week', customer: 'one' });
    await s.subscribe({ plan: 'week', customer: 'two' });
    await s.at('2023-01-22T00:00:00Z').runDueWork();
    expect(await numbers(s, 'one')).toEqual(['HOO-001-001', 'HOO-001-002', 'HOO-001-003']);
    expect(await numbers(s, 'two')).toEqual(['HOO-002-001', 'HOO-002-002', 'HOO-002-003']);
  });

  scenario('leave no gap for an invoice that was closed', '2023-01-01T00:00:00Z', async (s) => {
    await prefixed(s, { finalize_zero_amount_invoice: false });
    await s.subscribe({ plan: 'free', as: 'free' });
    await s.subscribe({ plan: 'week', as: 'paid', subscription_at: '2023-02-03T00:00:00Z' });
    await s.at('2023-02-12T00:00:00Z').runDueWork();
    expect(await numbers(s)).toEqual(['HOO-001-001', 'HOO-001-002']);
  });

  scenario('of the organization name the month and never restart', '2023-01-20T00:00:00Z', async (s) => {
    await prefixed(s, { document_numbering: 'per_organization' });
    await s.subscribe({ plan: 'week', customer: 'one' });
    await s.subscribe({ plan: 'week', customer: 'two' });
    await s.at('2023-02-05T00:00:00Z').runDueWork();
    expect(await numbers(s, 'one')).toEqual(['HOO-202301-001', 'HOO-202301-003', 'HOO-202302-005']);
    expect(await numbers(s, 'two')).toEqual(['HOO-202301-002', 'HOO-202301-004', 'HOO-202302-006']);
    expect((await s.invoices('two')).map((invoice) => invoice['sequential_id'])).toEqual([1, 2, 3]);
  });

  scenario('go on when the mode is switched, each counter from where it stands', '2023-01-01T00:00:00Z', async (s) => {
    await prefixed(s);
    await s.subscribe({ plan: 'week', customer: 'one' });
    await s.subscribe({ plan: 'week', customer: 'two' });
    await s.at('2023-01-08T00:00:00Z').runDueWork();
    await s.organization({ document_numbering: 'per_organization' });
    await s.at('2023-01-15T00:00:00Z').runDueWork();
    await s.organization({ document_numbering: 'per_customer' });
    await s.at('2023-01-22T00:00:00Z').runDueWork();
    await s.organization({ document_numbering: 'per_organization', document_number_prefix: 'PIED' });
    await s.at('2023-01-29T00:00:00Z').runDueWork();
    expect(await numbers(s, 'one')).toEqual(['HOO-001-001', 'HOO-202301-003', 'HOO-001-003', 'PIED-202301-007']);
    expect(await numbers(s, 'two')).toEqual(['HOO-002-001', 'HOO-202301-004', 'HOO-002-003', 'PIED-202301-008']);
  });

  scenario('name the month of the finalization in the organization’s zone', '2023-01-10T00:00:00Z', async (s) => {
    await prefixed(s, { document_numbering: 'per_organization', timezone: 'America/New_York' });
    await s.customer('acme', { timezone: 'Asia/Tokyo' });
    await s.plan('month', { pay_in_advance: true });
    await s.at('2023-01-31T16:00:00Z').subscribe({ plan: 'month' });
    expect((await s.lastInvoice()).issuing_date).toBe('2023-02-01');
    expect(await numbers(s)).toEqual(['HOO-202301-001']);
  });

  scenario('of credit notes count within their invoice', '2023-03-01T00:00:00Z', async (s) => {
    await prefixed(s);
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    await s.at('2023-03-11T00:00:00Z').terminate('acme');
    const { credit_notes: notes } = await s.get<{ credit_notes: readonly { number: string }[] }>('/credit_notes');
    expect(notes.map((note) => note.number)).toEqual(['HOO-001-001-CN001']);
  });

  scenario('are padded to three digits, and longer ones print as they are', '2000-01-01T00:00:00Z', async (s) => {
    await prefixed(s);
    await s.subscribe({ plan: 'week' });
    const start = `UPDATE "invoices" SET "sequential_id" = 998, "organization_sequential_id" = 998`;
    await s.at('2000-01-02T00:00:00Z').runDueWork();
    const { unitOfWork } = s.app.engine.services.context.database;
    await unitOfWork.write('spoil the books', (tx) => {
      tx.statement('DROP TRIGGER "invoices_frozen"').run();
      tx.statement(start).run();
    });
    await s.at('2000-01-16T00:00:00Z').runDueWork();
    expect((await numbers(s)).slice(1)).toEqual(['HOO-001-999', 'HOO-001-1000']);
  });
});

describe('a zero invoice', () => {
  const free = async (s: Story) => {
    await s.subscribe({ plan: 'free' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    return (await s.invoices()).map((invoice) => [invoice.status, invoice.payment_status]);
  };

  scenario('is finalized and paid unless told', '2023-01-01T00:00:00Z', async (s) => {
    await prefixed(s);
    expect(await free(s)).toEqual([['finalized', 'succeeded']]);
  });

  scenario('is closed and never shown where the organization wants none', '2023-01-01T00:00:00Z', async (s) => {
    await prefixed(s, { finalize_zero_amount_invoice: false });
    expect(await free(s)).toEqual([]);
  });

  scenario('is finalized where the customer wants it all the same', '2023-01-01T00:00:00Z', async (s) => {
    await prefixed(s, { finalize_zero_amount_invoice: false });
    await s.customer('acme', { finalize_zero_amount_invoice: 'finalize' });
    expect(await free(s)).toEqual([['finalized', 'succeeded']]);
  });

  scenario('is closed where the customer wants none', '2023-01-01T00:00:00Z', async (s) => {
    await prefixed(s);
    await s.customer('acme', { finalize_zero_amount_invoice: 'skip' });
    expect(await free(s)).toEqual([]);
  });

  scenario('is not one that a credit note pays wholly', '2023-03-01T00:00:00Z', async (s) => {
    await prefixed(s, { finalize_zero_amount_invoice: false });
    await s.plan('advance', { amount_cents: 31_000, pay_in_advance: true });
    await s.subscribe({ plan: 'advance', as: 'one' });
    await s.subscribe({ plan: 'week', as: 'two' });
    await s.at('2023-03-02T00:00:00Z').terminate('one');
    await s.at('2023-03-05T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-03-05: two/week 400 - credit 400 = 0');
  });

  scenario('bills its period even when it is closed', '2023-01-01T00:00:00Z', async (s) => {
    await prefixed(s, { finalize_zero_amount_invoice: false });
    await s.metric('calls');
    await s.plan('usage', { amount_cents: 0, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'usage' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    await s.use('calls', 1, { when: '2023-02-10T00:00:00Z' });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-01: usage 0 + calls 100 = 100']);
  });
});
