import { describe, expect } from 'vitest';
import { scenario, type Story, type StoryInvoice } from '../support/story.ts';

/** Reaches under the API into the books, as nobody should. */
const rewrite = (s: Story, sql: string) =>
  s.app.engine.services.context.database.unitOfWork.write('spoil the books', (tx) => {
    tx.statement(sql).run();
  });

/** Leaves the price of calls, 1.00 before, unreadable: whoever computes it fails. */
const spoil = (s: Story) => rewrite(s, `UPDATE "charges" SET "properties" = '{"amount":"much"}'`);
const mend = (s: Story) => rewrite(s, `UPDATE "charges" SET "properties" = '{"amount":"2"}'`);

const parked = (s: Story) =>
  s.app.engine.services.context.database.read
    .select<{ external_id: string }>(`SELECT "external_id" FROM "subscriptions" WHERE "parked_at" IS NOT NULL ORDER BY "sequence"`)
    .all()
    .map((row) => row.external_id);

async function retry(s: Story, id: string): Promise<StoryInvoice> {
  return (await s.post<{ invoice: StoryInvoice }>(`/invoices/${id}/retry`, undefined)).invoice;
}

async function startMetered(s: Story, customers: readonly string[]): Promise<void> {
  await s.metric('calls');
  await s.plan('metered', { charges: [{ metric: 'calls' }] });
  for (const customer of customers) await s.subscribe({ plan: 'metered', customer });
  for (const customer of customers) await s.use('calls', 3, { by: customer, when: '2023-01-10T00:00:00Z' });
}

describe('a row that could not be billed', () => {
  scenario(
    'leaves a failed invoice with its reason; its retry bills it for its own date, under the same id',
    '2023-01-01T00:00:00Z',
    async (s) => {
      await startMetered(s, ['acme']);
      await spoil(s);
      await s.at('2023-02-03T00:00:00Z').runDueWork();
      const [failed] = await s.invoices();
      expect(failed).toMatchObject({
        status: 'failed',
        number: expect.stringMatching(/-DRAFT$/) as string,
        issuing_date: '2023-02-01',
        total_amount_cents: 0,
        billing_periods: [{ external_subscription_id: 'acme', invoicing_reason: 'subscription_periodic' }],
        error_details: [
          { error_code: 'generation_failed', details: { message: 'broken belief: amount was checked when the charge was saved' } },
        ],
      });
      expect(parked(s)).toEqual(['acme']);

      const id = failed?.lago_id ?? '';
      expect(await retry(s, id)).toMatchObject({ lago_id: id, status: 'failed', error_details: [{ error_code: 'generation_failed' }] });
      expect(parked(s)).toEqual(['acme']);

      await mend(s);
      expect(await retry(s, id)).toMatchObject({
        lago_id: id,
        status: 'finalized',
        number: expect.stringMatching(/-001-001$/) as string,
        issuing_date: '2023-02-01',
        fees_amount_cents: 1600,
        error_details: [],
        billing_periods: [{ charges_from_datetime: '2023-01-01T00:00:00Z', charges_to_datetime: '2023-01-31T23:59:59Z' }],
      });
      expect(parked(s)).toEqual([]);
      await s.at('2023-03-01T00:00:00Z').runDueWork();
      expect(await s.bills()).toEqual(['2023-02-01: metered 1000 + calls 600 = 1600', '2023-03-01: metered 1000 = 1000']);
    },
  );

  scenario('is billed for everything that fell due meanwhile', '2023-01-01T00:00:00Z', async (s) => {
    await startMetered(s, ['acme']);
    await spoil(s);
    await s.at('2023-04-10T00:00:00Z').runDueWork();
    const [failed, ...more] = await s.invoices();
    expect(more).toEqual([]);
    await mend(s);
    await retry(s, failed?.lago_id ?? '');
    expect(await s.bills()).toEqual([
      '2023-02-01: metered 1000 + calls 600 = 1600',
      '2023-03-01: metered 1000 = 1000',
      '2023-04-01: metered 1000 = 1000',
    ]);
  });

  scenario('is one of a hundred: the others are billed, and after its retry all are', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('metered', { charges: [{ metric: 'calls' }] });
    await s.plan('plain');
    const customers = Array.from({ length: 99 }, (_, index) => `c${index}`);
    for (const customer of customers) await s.subscribe({ plan: 'plain', customer });
    await s.subscribe({ plan: 'metered', customer: 'odd' });
    await s.use('calls', 3, { by: 'odd' });
    await spoil(s);
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    const count = async (status: string): Promise<unknown> =>
      (await s.get<{ meta: { total_count: number } }>(`/invoices?status=${status}`)).meta.total_count;
    expect([await count('finalized'), await count('failed')]).toEqual([99, 1]);
    await mend(s);
    const { invoices } = await s.get<{ invoices: readonly StoryInvoice[] }>('/invoices?status=failed');
    await retry(s, invoices[0]?.lago_id ?? '');
    expect([await count('finalized'), await count('failed')]).toEqual([100, 0]);
  });

  scenario('is ended by hand: what is left of its failed invoice is closed by a retry', '2023-01-01T00:00:00Z', async (s) => {
    await startMetered(s, ['acme']);
    await spoil(s);
    await s.at('2023-02-03T00:00:00Z').runDueWork();
    const failed = (await s.lastInvoice()).lago_id;
    await mend(s);
    await s.terminate('acme');
    expect(await retry(s, failed)).toMatchObject({
      status: 'finalized',
      billing_periods: [{ invoicing_reason: 'subscription_terminating' }],
    });
    expect((await s.invoices()).map((invoice) => invoice.status)).toEqual(['finalized']);
  });
});

describe('a draft that could not be finalized', () => {
  scenario('is failed with its reason; its retry makes it final with its own dates', '2023-01-01T00:00:00Z', async (s) => {
    await s.customer('acme', { billing_configuration: { invoice_grace_period: 5 } });
    await startMetered(s, ['acme']);
    await s.at('2023-02-02T00:00:00Z').runDueWork();
    expect(await s.lastInvoice()).toMatchObject({ status: 'draft', fees_amount_cents: 1300 });
    await spoil(s);
    await s.at('2023-02-10T00:00:00Z').runDueWork();
    const { lago_id: id } = await s.lastInvoice();
    expect(await s.lastInvoice()).toMatchObject({ status: 'failed', error_details: [{ error_code: 'generation_failed' }] });
    expect(parked(s)).toEqual([]);
    expect(await retry(s, id)).toMatchObject({ status: 'failed' });
    await mend(s);
    expect(await retry(s, id)).toMatchObject({
      lago_id: id,
      status: 'finalized',
      issuing_date: '2023-02-06',
      fees_amount_cents: 1600,
      error_details: [],
    });
  });
});

scenario('only a failed invoice is retried', '2023-01-01T00:00:00Z', async (s) => {
  await startMetered(s, ['acme']);
  await s.at('2023-02-01T00:00:00Z').runDueWork();
  const { lago_id: id } = await s.lastInvoice();
  expect(await s.refused('post', `/invoices/${id}/retry`)).toEqual({ status: 405, code: 'invalid_status' });
  expect(await s.refused('post', '/invoices/none/retry')).toEqual({ status: 404, code: 'invoice_not_found' });
});
