import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

interface Invoice {
  readonly lago_id: string;
  readonly status: string;
  readonly issuing_date: string;
  readonly payment_due_date: string;
  readonly number: string;
}

/** Two customers billed on 1 February: `heir` waits as long as the organization says, 10 days; `own` waits 5 days of its own. */
let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
  const organization = { document_number_prefix: 'HOO-0001', net_payment_term: 2, billing_configuration: { invoice_grace_period: 10 } };
  await app.api.put('/organizations', { organization });
  await app.api.post('/plans', { plan: { name: 'P', code: 'p', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD' } });
  await app.api.post('/customers', { customer: { external_id: 'heir' } });
  await app.api.post('/customers', { customer: { external_id: 'own', billing_configuration: { invoice_grace_period: 5 } } });
  for (const external_customer_id of ['heir', 'own']) {
    await app.api.post('/subscriptions', { subscription: { external_customer_id, plan_code: 'p', external_id: external_customer_id } });
  }
  await app.moveClock('2023-02-02T12:00:00Z');
});
afterEach(() => app.close());

async function invoiceOf(customer: string): Promise<Invoice | undefined> {
  return (await app.api.get<{ invoices: readonly Invoice[] }>(`/invoices?external_customer_id=${customer}`)).body.invoices[0];
}

const wait = (days: number) => app.api.put('/organizations', { organization: { billing_configuration: { invoice_grace_period: days } } });

it('another grace period of the organization moves the drafts of the customers who inherit it', async () => {
  expect(await invoiceOf('heir')).toMatchObject({ status: 'draft', issuing_date: '2023-02-11', payment_due_date: '2023-02-13' });
  await wait(4);
  expect(await invoiceOf('heir')).toMatchObject({ status: 'draft', issuing_date: '2023-02-05', payment_due_date: '2023-02-07' });
  expect(await invoiceOf('own')).toMatchObject({ status: 'draft', issuing_date: '2023-02-06' });
  await app.moveClock('2023-02-05T00:00:00Z');
  expect(await invoiceOf('heir')).toMatchObject({ status: 'finalized', issuing_date: '2023-02-05', number: 'HOO-0001-001-001' });
  expect(await invoiceOf('own')).toMatchObject({ status: 'draft' });
});

it('a draft whose day is reached by it becomes final at once, dated today', async () => {
  await wait(1);
  expect(await invoiceOf('heir')).toMatchObject({ status: 'finalized', issuing_date: '2023-02-02', payment_due_date: '2023-02-04' });
  expect(await invoiceOf('own')).toMatchObject({ status: 'draft' });
});

it('a longer one is waited for', async () => {
  await wait(20);
  await app.moveClock('2023-02-20T23:59:59Z');
  expect(await invoiceOf('heir')).toMatchObject({ status: 'draft', issuing_date: '2023-02-21' });
  await app.moveClock('2023-02-21T00:00:00Z');
  expect(await invoiceOf('heir')).toMatchObject({ status: 'finalized', issuing_date: '2023-02-21' });
});
