import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Temporal } from '../../shared/dates.ts';
import { scenario, type Story } from '../support/story.ts';
import { createTestEngine } from '../support/test-engine.ts';

/** Reaches under the API into the books, as nobody should. */
const rewrite = (s: Story, sql: string, ...values: readonly unknown[]) =>
  s.app.engine.services.context.database.unitOfWork.write('spoil the books', (tx) => {
    tx.statement(sql).run(...values);
  });

const idOf = async (s: Story, externalId: string) => (await s.subscription(externalId)).lago_id;

describe('what fell due while the app was closed', () => {
  scenario('is billed oldest first, each with its own dates, once', '2023-01-10T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.customer('acme', { net_payment_term: 10 });
    await s.subscribe({ plan: 'advance' });
    await s.use('calls', 5, { when: '2023-01-15T00:00:00Z' });
    await s.at('2023-01-20T09:00:00Z').runDueWork();
    await s.at('2023-04-02T08:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-01-10: advance 2200 = 2200',
      '2023-02-01: advance 3100 + calls 500 = 3600',
      '2023-03-01: advance 3100 = 3100',
      '2023-04-01: advance 3100 = 3100',
    ]);
    expect((await s.invoices()).map((invoice) => [invoice.payment_due_date, invoice['created_at'], invoice['payment_overdue']])).toEqual([
      ['2023-01-20', '2023-01-10T09:00:00Z', true],
      ['2023-02-11', '2023-02-01T00:00:00Z', true],
      ['2023-03-11', '2023-03-01T00:00:00Z', true],
      ['2023-04-11', '2023-04-01T00:00:00Z', false],
    ]);
    await s.at('2023-04-02T08:00:00Z').runDueWork();
    expect(await s.bills()).toHaveLength(4);
  });

  scenario('uses credits up in the order of the missed dates', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 31_000, pay_in_advance: true });
    await s.plan('week', { interval: 'weekly', amount_cents: 700 });
    await s.subscribe({ plan: 'advance', as: 'one' });
    await s.subscribe({ plan: 'week', as: 'two' });
    await s.at('2023-01-30T12:00:00Z').terminate('one'); // 1 of 31 days: 1000
    await s.at('2023-02-20T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(6)).toEqual([
      '2023-02-05: two/week 700 - credit 700 = 0',
      '2023-02-12: two/week 700 - credit 300 = 400',
      '2023-02-19: two/week 700 = 700',
    ]);
  });

  test('is caught up with by the next start of a live workspace', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'meterbook-test-'));
    const first = await createTestEngine({ now: '2023-01-10T09:00:00Z', isLive: true, folder });
    const plan = { name: 'month', code: 'month', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', pay_in_advance: true };
    await first.api.post('/plans', { plan });
    await first.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', external_id: 'acme', plan_code: 'month' } });
    await first.close();
    const again = await createTestEngine({ now: '2023-03-15T18:30:00Z', isLive: true, folder });
    await again.engine.runDueWork(again.systemClock.now());
    const { body } = await again.api.get<{ invoices: readonly Record<string, unknown>[] }>('/invoices');
    expect(body.invoices.map((invoice) => [invoice['issuing_date'], invoice['total_amount_cents'], invoice['sequential_id']])).toEqual([
      ['2023-03-01', 3100, 3],
      ['2023-02-01', 3100, 2],
      ['2023-01-10', 2200, 1],
    ]);
    await again.close();
    rmSync(folder, { recursive: true, force: true });
  });

  scenario('is billed once by two runs at the same time', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('month');
    for (const as of ['a', 'b', 'c']) await s.subscribe({ plan: 'month', as });
    const until = Temporal.Instant.from('2023-03-01T00:00:00Z');
    await Promise.all([s.app.engine.runDueWork(until), s.app.engine.runDueWork(until)]);
    expect(await s.bills()).toEqual([
      '2023-02-01: a/month 1000 + b/month 1000 + c/month 1000 = 3000',
      '2023-03-01: a/month 1000 + b/month 1000 + c/month 1000 = 3000',
    ]);
  });

  scenario('at one instant is done in its order: ends, switches, dates, starts, trials', '2023-03-02T00:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 3100 });
    await s.plan('cheap', { amount_cents: 1000, pay_in_advance: true });
    await s.plan('trial', { amount_cents: 3100, pay_in_advance: true, trial_period: 30 });
    await s.subscribe({ plan: 'trial', as: 'trial', billing_time: 'anniversary', subscription_at: '2023-03-02T00:00:00Z' });
    await s.subscribe({ plan: 'cheap', as: 'start', subscription_at: '2023-04-01T12:00:00Z' });
    await s.subscribe({ plan: 'month', as: 'date' });
    await s.subscribe({ plan: 'month', as: 'switch' });
    await s.subscribe({ plan: 'cheap', as: 'switch' });
    await s.subscribe({ plan: 'month', as: 'end', ending_at: '2023-04-01T00:00:00Z' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-04-01: end/month 3000 = 3000',
      '2023-04-01: switch/month 3000 + switch/cheap 1000 = 4000',
      '2023-04-01: date/month 3000 = 3000',
      '2023-04-01: start/cheap 1000 = 1000',
      '2023-04-01: trial/trial 100 = 100', // 1 April alone: 1 of 31 days
    ]);
  });
});

describe('a date that was claimed', () => {
  scenario('cannot be claimed again, whatever the code does', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('month');
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    const insert = `INSERT INTO "billing_claims" ("id", "subscription_id", "occasion", "billing_date", "invoice_id", "created_at") VALUES (?, ?, ?, ?, NULL, 0)`;
    const id = await idOf(s, 'acme');
    await expect(rewrite(s, insert, 'claim-1', id, 'periodic', '2023-02-01')).rejects.toThrow('UNIQUE constraint failed');
    await rewrite(s, insert, 'claim-2', id, 'terminating', null);
    await expect(rewrite(s, insert, 'claim-3', id, 'terminating', null)).rejects.toThrow('UNIQUE constraint failed');
  });

  scenario('is passed over, and the others due with it are billed', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('month');
    await s.subscribe({ plan: 'month', as: 'a' });
    await s.subscribe({ plan: 'month', as: 'b' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    await rewrite(
      s,
      `UPDATE "subscriptions" SET "next_billing_at" = ? WHERE "id" = ?`,
      Temporal.Instant.from('2023-02-01T00:00:00Z').epochMilliseconds,
      await idOf(s, 'a'),
    );
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: a/month 1000 + b/month 1000 = 2000', '2023-03-01: a/month 1000 + b/month 1000 = 2000']);
  });
});

describe('a row that cannot be billed', () => {
  /** An instant outside the calendar: whoever reads the row fails. */
  const NEVER = '9000000000000000';
  const spoil = async (s: Story, externalId: string) =>
    rewrite(s, `UPDATE "subscriptions" SET "subscription_at" = ? WHERE "id" = ?`, NEVER, await idOf(s, externalId));
  const parkedRows = (s: Story) =>
    s.app.engine.services.context.database.read
      .select<{ external_id: string; parked_reason: string }>(
        `SELECT "external_id", "parked_reason" FROM "subscriptions" WHERE "parked_at" IS NOT NULL ORDER BY "sequence"`,
      )
      .all()
      .map((row) => `${row.external_id}: ${row.parked_reason}`);

  scenario('is parked, and its customer’s other rows are billed without it', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('month');
    await s.metric('calls');
    await s.plan('metered', { charges: [{ metric: 'calls' }] });
    for (const as of ['a', 'b', 'c']) await s.subscribe({ plan: as === 'b' ? 'metered' : 'month', as });
    await s.use('calls', 1, { by: 'b' });
    // A price that is none: whoever computes with it fails.
    await rewrite(s, `UPDATE "charges" SET "properties" = '{"amount":"much"}'`);
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-02-01 failed: nothing = 0',
      '2023-02-01: a/month 1000 + c/month 1000 = 2000',
      '2023-03-01: a/month 1000 + c/month 1000 = 2000',
    ]);
    expect(parkedRows(s)).toEqual(['b: generation_failed']);
    expect((await s.invoices()).map((invoice) => invoice['sequential_id'])).toEqual([null, 1, 2]);
  });

  scenario('holds up no other customer', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('month');
    for (const customer of ['a', 'b', 'c']) await s.subscribe({ plan: 'month', customer });
    await spoil(s, 'a');
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    expect(parkedRows(s)).toEqual(['a: generation_failed']);
    expect([await s.bills('b'), await s.bills('c')]).toEqual([['2023-02-01: month 1000 = 1000'], ['2023-02-01: month 1000 = 1000']]);
  });

  scenario('is billed for its own dates once it is mended', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('month');
    await s.subscribe({ plan: 'month' });
    await spoil(s, 'acme');
    await s.at('2023-03-10T00:00:00Z').runDueWork();
    const mend = `UPDATE "subscriptions" SET "subscription_at" = "started_at", "parked_at" = NULL WHERE "external_id" = ?`;
    await rewrite(s, mend, 'acme');
    await s.at('2023-03-10T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: month 1000 = 1000', '2023-03-01: month 1000 = 1000']);
  });

  scenario('whose change fails waits with its change', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6200, pay_in_advance: true });
    await s.plan('cheap', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'dear' });
    await s.subscribe({ plan: 'cheap' });
    await rewrite(s, `UPDATE "subscriptions" SET "subscription_at" = ? WHERE "status" = 'pending'`, NEVER);
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-01-01: dear 6200 = 6200', '2023-02-01 failed: nothing = 0']);
    expect(parkedRows(s)).toEqual(['acme: generation_failed', 'acme: generation_failed']);
  });
});
