import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectBooksBalance } from '../support/ledger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import { customer, event, invoicesOf, make, readWallet, subscription, transactionsOf, wallet } from '../support/wallet-stories.ts';

describe('recurring top-ups', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine();
    await app.moveClock('2023-01-31T08:00:00Z');
    await customer(app);
  });
  afterEach(async () => {
    expectBooksBalance(app);
    await app.close();
  });

  const topUps = async (id: string): Promise<readonly (readonly unknown[])[]> =>
    (await transactionsOf(app, id))
      .filter((each) => each['source'] !== 'manual')
      .map((each) => [each['created_at'], each['transaction_status'], each['credit_amount'], each['status']])
      .reverse();

  describe('by interval', () => {
    const monthly = { trigger: 'interval', interval: 'monthly', granted_credits: '10' };

    it('come on the anniversary of the wallet, on the last day of shorter months, never on its first day', async () => {
      const id = await wallet(app, { recurring_transaction_rules: [monthly] });
      await app.moveClock('2023-04-30T12:00:00Z');
      expect(await topUps(id)).toEqual([
        ['2023-02-28T00:00:00Z', 'granted', '10.0', 'settled'],
        ['2023-03-31T00:00:00Z', 'granted', '10.0', 'settled'],
        ['2023-04-30T00:00:00Z', 'granted', '10.0', 'settled'],
      ]);
      expect(await readWallet(app, id)).toMatchObject({ balance_cents: 3000 });
    });

    it('come on the anniversary of the rule’s start, first on that day itself', async () => {
      const id = await wallet(app, { recurring_transaction_rules: [{ ...monthly, started_at: '2023-03-05T00:00:00Z' }] });
      await app.moveClock('2023-04-10T00:00:00Z');
      expect((await topUps(id)).map(([at]) => at)).toEqual(['2023-03-05T00:00:00Z', '2023-04-05T00:00:00Z']);
    });

    it('come at midnight where the customer is', async () => {
      await customer(app, 'c1', { timezone: 'America/New_York' });
      const id = await wallet(app, { recurring_transaction_rules: [{ ...monthly, interval: 'weekly' }] });
      await app.moveClock('2023-02-10T00:00:00Z');
      expect((await topUps(id)).map(([at]) => at)).toEqual(['2023-02-07T05:00:00Z']);
    });

    it('sell credits that wait for their payment, named and marked as the rule says', async () => {
      const rule = {
        trigger: 'interval',
        interval: 'monthly',
        paid_credits: '25',
        transaction_name: 'Refill',
        transaction_metadata: [{ key: 'by', value: 'rule' }],
      };
      const id = await wallet(app, { recurring_transaction_rules: [rule] });
      await app.moveClock('2023-03-01T00:00:00Z');
      expect(await transactionsOf(app, id)).toMatchObject([
        {
          source: 'interval',
          transaction_status: 'purchased',
          status: 'pending',
          name: 'Refill',
          metadata: [{ key: 'by', value: 'rule' }],
        },
      ]);
      expect(await invoicesOf(app, 'invoice_type=credit')).toMatchObject([{ issuing_date: '2023-02-28', total_amount_cents: 2500 }]);
    });

    it('bring the ongoing balance up to the target, and add nothing above it', async () => {
      const rule = { trigger: 'interval', interval: 'monthly', method: 'target', target_ongoing_balance: '100' };
      await subscription(app, { metrics: { calls: '1' } });
      const id = await wallet(app, { granted_credits: '30', recurring_transaction_rules: [rule] });
      await event(app, 'calls', '20', { timestamp: 1676000000 }); // 10 February
      await app.moveClock('2023-02-28T12:00:00Z');
      expect(await topUps(id)).toEqual([['2023-02-28T00:00:00Z', 'purchased', '90.0', 'pending']]);
      const rich = await wallet(app, { granted_credits: '300', recurring_transaction_rules: [rule] });
      await app.moveClock('2023-03-28T12:00:00Z');
      expect(await topUps(rich)).toEqual([]);
    });

    it('end with the rule and with the wallet', async () => {
      const limited = await wallet(app, { recurring_transaction_rules: [{ ...monthly, expiration_at: '2023-03-15T00:00:00Z' }] });
      const ended = await wallet(app, { recurring_transaction_rules: [monthly], expiration_at: '2023-03-15T00:00:00Z' });
      await app.moveClock('2023-06-01T00:00:00Z');
      expect([(await topUps(limited)).length, (await topUps(ended)).length]).toEqual([1, 1]);
      expect(await readWallet(app, limited)).toMatchObject({ recurring_transaction_rules: [{ status: 'terminated' }] });
    });

    it('are there for the invoice of the next day when both were missed', async () => {
      await subscription(app, { amountCents: 3000 });
      await wallet(app, { recurring_transaction_rules: [monthly] });
      await app.moveClock('2023-03-02T00:00:00Z');
      expect(await invoicesOf(app, 'issuing_date_from=2023-03-01')).toMatchObject([{ prepaid_credit_amount_cents: 1000 }]);
    });
  });

  describe('by threshold', () => {
    const refill = { trigger: 'threshold', threshold_credits: '10', method: 'target', target_ongoing_balance: '50' };

    beforeEach(() => subscription(app, { metrics: { calls: '1' } }));

    it('come when the ongoing balance has fallen to the threshold, and not before', async () => {
      const id = await wallet(app, { granted_credits: '30', recurring_transaction_rules: [refill] });
      await event(app, 'calls', '19.99');
      expect(await topUps(id)).toEqual([]);
      await event(app, 'calls', '0.01');
      expect(await topUps(id)).toEqual([['2023-01-31T08:00:00Z', 'purchased', '40.0', 'pending']]);
    });

    it('wait while a purchase that would be enough waits for its payment', async () => {
      const id = await wallet(app, { granted_credits: '30', recurring_transaction_rules: [refill] });
      await event(app, 'calls', '25');
      expect((await topUps(id)).map(([, , credits]) => credits)).toEqual(['45.0']);
      await event(app, 'calls', '30'); // -25, and 45 on their way
      expect(await topUps(id)).toHaveLength(1);
      await event(app, 'calls', '11'); // -36
      expect((await topUps(id)).map(([, , credits]) => credits)).toEqual(['45.0', '86.0']);
    });

    it('grant what they grant at once, however often the wallet is looked at', async () => {
      const rule = { trigger: 'threshold', threshold_credits: '10', granted_credits: '2' };
      const id = await wallet(app, { granted_credits: '11', recurring_transaction_rules: [rule] });
      await event(app, 'calls', '5');
      expect(await topUps(id)).toHaveLength(1);
      await readWallet(app, id);
      await app.moveClock('2023-01-31T09:00:00Z');
      expect(await topUps(id)).toHaveLength(1);
      await event(app, 'calls', '1');
      await app.moveClock('2023-01-31T10:00:00Z');
      expect(await topUps(id)).toHaveLength(2);
      expect(await readWallet(app, id)).toMatchObject({ balance_cents: 1500, ongoing_balance_cents: 900 });
    });

    it('come when an invoice has used the credits, before the next one needs them', async () => {
      await subscription(app, { amountCents: 2000 }, 's2');
      const rule = { trigger: 'threshold', threshold_credits: '10', granted_credits: '15' };
      const id = await wallet(app, { granted_credits: '20', recurring_transaction_rules: [rule] });
      await app.moveClock('2023-04-01T06:00:00Z');
      // 31 January alone is 0.65; then 20.00 a month.
      const invoices = (await invoicesOf(app, 'invoice_type=subscription')).filter((each) => each['fees_amount_cents'] !== 0);
      expect(invoices.map((each) => [each['issuing_date'], each['prepaid_credit_amount_cents']])).toEqual([
        ['2023-04-01', 1500],
        ['2023-03-01', 1935],
        ['2023-02-01', 65],
      ]);
      expect((await topUps(id)).map(([at]) => at)).toEqual(['2023-03-01T00:00:00Z', '2023-04-01T00:00:00Z']);
    });

    it('wait an hour after a purchase was declined', async () => {
      const id = await wallet(app, { granted_credits: '30', recurring_transaction_rules: [refill] });
      await event(app, 'calls', '25');
      const [purchase] = await transactionsOf(app, id, '?transaction_status=purchased');
      await app.api.put(`/invoices/${String(purchase?.['lago_invoice_id'])}`, { invoice: { payment_status: 'failed' } });
      await event(app, 'calls', '1');
      expect(await topUps(id)).toEqual([['2023-01-31T08:00:00Z', 'purchased', '45.0', 'failed']]);
      await app.moveClock('2023-01-31T08:59:00Z');
      expect(await topUps(id)).toHaveLength(1);
      await app.moveClock('2023-01-31T09:00:00Z');
      expect(await topUps(id)).toEqual([
        ['2023-01-31T08:00:00Z', 'purchased', '45.0', 'failed'],
        ['2023-01-31T09:00:00Z', 'purchased', '46.0', 'pending'],
      ]);
    });

    it('keep purchases for a target within the wallet’s limits', async () => {
      const id = await wallet(app, { granted_credits: '30', paid_top_up_max_amount_cents: 2000, recurring_transaction_rules: [refill] });
      await event(app, 'calls', '25');
      expect((await topUps(id)).map(([, , credits]) => credits)).toEqual(['20.0']);
    });

    it('look at the usage that came while the clock stood still, at the time when it came', async () => {
      const rule = { trigger: 'threshold', threshold_credits: '10', granted_credits: '100' };
      const id = await wallet(app, { granted_credits: '20', recurring_transaction_rules: [rule] });
      await event(app, 'calls', '50');
      await app.moveClock('2023-02-01T06:00:00Z');
      expect((await topUps(id)).map(([at]) => at)).toEqual(['2023-01-31T08:00:00Z']);
      expect(await invoicesOf(app, 'issuing_date_from=2023-02-01')).toMatchObject([{ prepaid_credit_amount_cents: 5000 }]);
    });

    it('come for a wallet that is opened empty', async () => {
      const id = await wallet(app, { recurring_transaction_rules: [refill] });
      expect((await topUps(id)).map(([, , credits]) => credits)).toEqual(['50.0']);
      await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: id, granted_credits: '1' } });
      expect(await topUps(id)).toHaveLength(1);
    });
  });
});
