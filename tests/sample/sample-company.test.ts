import Sqlite from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findEventErrors, verifyRollups } from '../../main/usage/index.ts';
import { expectBooksBalance } from '../support/ledger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

// Ninety days are played, several times.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Fee {
  readonly item: { readonly code: string };
  readonly units: string;
  readonly amount_cents: number;
}

interface Invoice {
  readonly lago_id: string;
  readonly number: string;
  readonly status: string;
  readonly payment_status: string;
  readonly coupons_amount_cents: number;
  readonly taxes_amount_cents: number;
  readonly total_amount_cents: number;
  readonly fees: readonly Fee[];
}

let books: TestEngine;
beforeAll(async () => {
  books = await createTestEngine({ now: '2024-06-20T12:00:00Z' });
  expect((await call('POST')).body).toEqual({ is_loaded: true, can_load: false, progress: null });
});
afterAll(() => books.close());

async function call(method: 'GET' | 'POST' | 'DELETE'): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await books.engine.fetch(new Request('http://127.0.0.1:3000/api/internal/sample', { method }), { isSignedIn: true });
  return { status: answer.status, body: await answer.json() };
}

async function invoice(number: string): Promise<Invoice> {
  const found = await books.api.get<{ invoices: readonly Invoice[] }>(`/invoices?search_term=${number}`);
  return (await books.api.get<{ invoice: Invoice }>(`/invoices/${found.body.invoices[0]!.lago_id}`)).body.invoice;
}

const feesOf = ({ fees }: Invoice) => fees.map(({ item, units, amount_cents: cents }) => [item.code, units, cents]);

function select(sql: string): readonly (readonly unknown[])[] {
  const file = new Sqlite(join(books.folder, 'meterbook.sqlite'), { readonly: true });
  try {
    return file.prepare(sql).raw().all() as (readonly unknown[])[];
  } finally {
    file.close();
  }
}

describe('the sample company', () => {
  test('has everything that there is to look at', () => {
    const count = (sql: string) => select(sql)[0]?.[0];
    expect({
      customers: count('SELECT COUNT(*) FROM "customers"'),
      currencies: count('SELECT COUNT(DISTINCT "currency") FROM "customers"'),
      zones: count('SELECT COUNT(DISTINCT "timezone") FROM "customers"'),
      plans: count('SELECT COUNT(*) FROM "plans"'),
      events: count('SELECT COUNT(*) FROM "events"'),
      subscriptions: select('SELECT "status", COUNT(*) FROM "subscriptions" GROUP BY 1 ORDER BY 1'),
      invoices: select('SELECT "invoice_type", "status", "payment_status", COUNT(*) FROM "invoices" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3'),
      overdue: count('SELECT COUNT(*) FROM "invoices" WHERE "payment_overdue" = 1'),
      payments: select(
        'SELECT "payment_type", "payable_payment_status", "error_code", COUNT(*) FROM "payments" GROUP BY 1, 2, 3 ORDER BY 1',
      ),
      creditNotes: select('SELECT "reason", "balance_amount_cents" FROM "credit_notes" ORDER BY 2'),
      wallets: select('SELECT "name", "balance_cents" FROM "wallets"'),
      appliedCoupons: select('SELECT "status", "frequency", "frequency_duration_remaining" FROM "applied_coupons" ORDER BY 1'),
      appliedAddOns: count('SELECT COUNT(*) FROM "applied_add_ons"'),
    }).toEqual({
      customers: 12,
      currencies: 3,
      zones: 12,
      plans: 8,
      events: 34_966,
      subscriptions: [
        ['active', 15],
        ['pending', 2],
        ['terminated', 2],
      ],
      invoices: [
        ['add_on', 'finalized', 'succeeded', 1],
        ['credit', 'finalized', 'succeeded', 1],
        ['one_off', 'voided', 'pending', 1],
        ['subscription', 'draft', 'pending', 1],
        ['subscription', 'finalized', 'failed', 1],
        ['subscription', 'finalized', 'pending', 2],
        ['subscription', 'finalized', 'succeeded', 46],
      ],
      overdue: 2,
      payments: [
        ['manual', 'succeeded', null, 41],
        ['provider', 'failed', 'card_declined', 1],
      ],
      // 17 of May's 31 days of a base fee of 99.00, used up at once, and an hour without answers.
      creditNotes: [
        ['order_cancellation', 0],
        ['product_unsatisfactory', 1200],
      ],
      // 1,650.00 less 433.72 in May and 458.85 in June.
      wallets: [['Prepaid search', 75_743]],
      appliedCoupons: [
        ['active', 'recurring', 3],
        ['terminated', 'once', null],
      ],
      appliedAddOns: 1,
    });
  });

  test('pays by the thousand, with a quarter off', async () => {
    const kestrel = await invoice('FERN-006-003');
    // 65,584 above the free ones: 66 × 1.50; 1,882: 2 × 0.60.
    expect(feesOf(kestrel)).toEqual([
      ['search_payg', '1.0', 0],
      ['search_requests', '75584.0', 9900],
      ['recommend_requests', '11882.0', 120],
    ]);
    expect([kestrel.coupons_amount_cents, kestrel.total_amount_cents]).toEqual([2505, 7515]);
    const inToronto = `SELECT SUM("properties" ->> 'volume') FROM "events" WHERE "external_subscription_id" = 'kestrel-web' AND "code" = 'search_requests'
      AND "timestamp" >= 1714536000000 AND "timestamp" < 1717214400000`;
    expect(select(inToronto)).toEqual([[75_584]]);
  });

  test('has a declined card, with tax on it', async () => {
    const copperfield = await invoice('FERN-005-003');
    // 23,365 above the free ones: 24 × 1.40, and 23 % on 33.60.
    expect(feesOf(copperfield)[1]).toEqual(['search_requests', '33365.0', 3360]);
    expect([copperfield.payment_status, copperfield.taxes_amount_cents, copperfield.total_amount_cents]).toEqual(['failed', 773, 4133]);
  });

  test('has a customer in yen', async () => {
    const aoba = await invoice('FERN-008-003');
    // 32 × 220 and 1 × 90, and 10 %.
    expect(feesOf(aoba).slice(1)).toEqual([
      ['search_requests', '41102.0', 7040],
      ['recommend_requests', '10726.0', 90],
    ]);
    expect(aoba.total_amount_cents).toBe(7843);
  });

  test('has a customer that moved up on the 15th of May', async () => {
    const harbour = await invoice('FERN-002-005');
    // 50,000 × 0.0012 + 9,274 × 0.001; 30,259 × 0.0002; 17 of 31 days of 299.00.
    expect(feesOf(harbour)).toEqual([
      ['search_requests', '59274.0', 6927],
      ['recommend_requests', '9974.0', 0],
      ['indexed_documents', '30259.0', 605],
      ['scale', '1.0', 16_397],
    ]);
    // 69.27 + 6.05 + 163.97, less the credit note of 54.29.
    expect(harbour.total_amount_cents).toBe(18_500);
  });

  test('has a sender whose events raise both warnings', () => {
    const { context } = books.engine.services;
    const found = findEventErrors(context.database.read, { organizationId: context.organizationId, after: 0, until: 1e9, limit: 1e9 });
    expect(found.invalidCode.map((id) => id.slice(0, 3))).toEqual(Array(11).fill('typ'));
    const missing = Map.groupBy(found.missingAggregationProperty, (id) => id.slice(0, 3));
    expect([...missing].map(([kind, ids]) => [kind, ids.length]).sort()).toEqual([
      ['nan', 3],
      // Today's has come already.
      ['vol', 12],
    ]);
  });

  test('keeps books that balance, and sums that are those of its events', () => {
    expectBooksBalance(books);
    expect(verifyRollups(books.engine.services.context.database.read)).toEqual([]);
  });
});

const SNAPSHOT = [
  'SELECT "id", "number", "total_amount_cents", "issuing_date" FROM "invoices" ORDER BY "sequence"',
  'SELECT "id", "units", "amount_cents" FROM "fees" ORDER BY "sequence"',
  'SELECT "id", "external_id" FROM "customers" ORDER BY "sequence"',
  'SELECT "transaction_id", "id", "timestamp", "created_at", "properties" FROM "events" ORDER BY "sequence"',
  'SELECT "id", "amount_cents", "created_at" FROM "payments" ORDER BY "sequence"',
];

describe('taking it out and in again', () => {
  test('leaves new books, with what their owner set up', async () => {
    const before = SNAPSHOT.map(select);
    await books.api.post('/webhook_endpoints', { webhook_endpoint: { webhook_url: 'https://example.com/hooks' } });
    await books.api.put('/organizations', { organization: { email: 'me@example.com' } });
    const first = await invoice('FERN-001-001');
    await books.api.post(`/invoices/${first.lago_id}/download`);
    expect(readdirSync(join(books.folder, 'files'))).toHaveLength(1);
    expect((await call('POST')).body).toMatchObject({ code: 'workspace_is_not_empty' });

    expect(await call('DELETE')).toEqual({ status: 200, body: { is_loaded: false, can_load: true, progress: null } });
    expect(readdirSync(join(books.folder, 'files'))).toEqual([]);
    const tables = [
      'customers',
      'invoices',
      'fees',
      'events',
      'usage_lines',
      'usage_rollups',
      'jobs',
      'payments',
      'plans',
      'charges',
      'taxes',
    ];
    const rows = tables.map((table) => select(`SELECT COUNT(*) FROM "${table}"`).flat()[0]);
    expect(rows).toEqual(tables.map(() => 0));
    expect(select('SELECT "webhook_url" FROM "webhook_endpoints"')).toEqual([['https://example.com/hooks']]);
    const organization = await books.api.get<{ organization: Record<string, unknown> }>('/organizations');
    expect(organization.body.organization).toMatchObject({ name: 'My organization', email: 'me@example.com', net_payment_term: 0 });
    expect((await call('DELETE')).body).toMatchObject({ status: 405, code: 'sample_is_not_loaded' });

    await books.api.put('/organizations', { organization: { email: null } });
    expect((await call('POST')).status).toBe(200);
    expect(SNAPSHOT.map(select)).toEqual(before);
    expectBooksBalance(books);
  });

  test('gives books back that can be used', async () => {
    await call('DELETE');
    await books.api.post('/billable_metrics', {
      billable_metric: { name: 'Calls', code: 'search_requests', aggregation_type: 'sum_agg', field_name: 'volume' },
    });
    const plan = { name: 'Own', code: 'own', interval: 'monthly', amount_cents: 0, amount_currency: 'USD' };
    const charge = { billable_metric_code: 'search_requests', charge_model: 'standard', properties: { amount: '2' } };
    await books.api.post('/plans', { plan: { ...plan, charges: [charge] } });
    await books.api.post('/subscriptions', { subscription: { external_customer_id: 'me', plan_code: 'own', external_id: 'juniper' } });
    const event = { transaction_id: 'one', external_subscription_id: 'juniper', code: 'search_requests', properties: { volume: 3 } };
    expect((await books.api.post('/events', { event })).status).toBe(200);
    const usage = await books.api.get('/customers/me/current_usage?external_subscription_id=juniper');
    expect(usage.body).toMatchObject({ customer_usage: { amount_cents: 600 } });
    await books.moveClock('2024-07-01T00:00:00Z');
    expect((await call('GET')).body).toEqual({ is_loaded: false, can_load: false, progress: null });
    const { body } = await books.api.get<{ invoices: readonly Invoice[] }>('/invoices');
    expect(body.invoices.map(({ total_amount_cents: total }) => total)).toEqual([600]);
    // A final invoice is kept as ever.
    const file = new Sqlite(join(books.folder, 'meterbook.sqlite'));
    expect(() => file.exec('DELETE FROM "invoices"')).toThrow('a finalized invoice is never deleted');
    file.close();
  });
});
