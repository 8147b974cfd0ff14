import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  payableGroups,
  shareOutTotal,
  shareOutUsage,
  useSources,
  type PayableFee,
  type PayingWallet,
} from '../../main/billing/invoice/prepaid-credits.ts';
import { invoiceTotals } from '../../main/billing/invoice/totals.ts';
import { decimal, ZERO } from '../../shared/decimal.ts';
import { cents, type Cents } from '../../shared/money.ts';
import { expectBooksBalance } from '../support/ledger.ts';
import { tax } from '../support/subscription-builders.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import { customer, event, invoicesOf, subscription, transactionsOf, wallet } from '../support/wallet-stories.ts';

const METRICS = [null, 'calls', 'storage'] as const;

const fee = fc
  .record({
    amount: fc.integer({ min: 0, max: 100_000 }),
    share: fc.integer({ min: 0, max: 100 }),
    rate: fc.integer({ min: 0, max: 3000 }),
    metric: fc.constantFrom(...METRICS),
  })
  .map(({ amount, share, rate, metric }): PayableFee => ({
    feeType: metric === null ? 'subscription' : 'charge',
    metricCode: metric,
    amountCents: cents(amount),
    preciseCouponsAmountCents: decimal(amount).times(share).div(100).toDecimalPlaces(5),
    taxes: rate === 0 ? [] : [tax(`vat_${String(rate)}`, decimal(rate).div(100).toFixed())],
  }));
const payer = fc.record({
  balance: fc.integer({ min: 0, max: 150_000 }),
  feeTypes: fc.subarray(['subscription', 'charge']),
  metrics: fc.subarray(['calls', 'storage']),
});
const payers = fc.array(payer, { maxLength: 6 }).map((list) =>
  list.map(({ balance, feeTypes, metrics }, position): PayingWallet => ({
    id: String(position),
    balanceCents: cents(balance),
    feeTypes,
    billableMetricCodes: metrics,
  })),
);
const bill = fc.record({ fees: fc.array(fee, { maxLength: 6 }), noteShare: fc.integer({ min: 0, max: 100 }), wallets: payers });

/** An invoice as it stands when wallets are asked: its total is what its taxes were rounded to, less the credit notes. */
function asked({ fees, noteShare, wallets }: { fees: readonly PayableFee[]; noteShare: number; wallets: readonly PayingWallet[] }) {
  const coupons = cents(
    BigInt(
      fees
        .reduce((sum, each) => sum.plus(each.preciseCouponsAmountCents), ZERO)
        .floor()
        .toFixed(),
    ),
  );
  const total = invoiceTotals(fees, coupons).subTotalIncludingTaxesAmountCents;
  const creditNotesAmountCents = cents((total * BigInt(noteShare)) / 100n);
  const totalAmountCents = cents(total - creditNotesAmountCents);
  const groups = payableGroups(fees, { creditNotesAmountCents, totalAmountCents });
  return { totalAmountCents, groups, shares: shareOutTotal(totalAmountCents, groups, wallets) };
}

const sum = (list: readonly { readonly amountCents: Cents }[]): bigint => list.reduce((total, each) => total + each.amountCents, 0n);

test('wallets never pay more than they hold, nor more than the invoice asks for', () => {
  fc.assert(
    fc.property(bill, (given) => {
      const { totalAmountCents, shares } = asked(given);
      expect(sum(shares) <= totalAmountCents).toBe(true);
      for (const { walletId, amountCents } of shares) {
        expect(amountCents > 0n && amountCents <= (given.wallets[Number(walletId)]?.balanceCents ?? 0n)).toBe(true);
      }
    }),
  );
});

test('a wallet without limits leaves nothing unpaid that it could pay', () => {
  fc.assert(
    fc.property(bill, (given) => {
      const all: PayingWallet = { id: 'all', balanceCents: cents(10_000_000), feeTypes: [], billableMetricCodes: [] };
      const { totalAmountCents, shares } = asked({ ...given, wallets: [...given.wallets, all] });
      expect(sum(shares)).toBe(totalAmountCents);
    }),
  );
});

test('a limited wallet pays no more than its fees come to, rounded up', () => {
  fc.assert(
    fc.property(bill, (given) => {
      const limited: PayingWallet = { id: 'calls', balanceCents: cents(10_000_000), feeTypes: [], billableMetricCodes: ['calls'] };
      const { groups, shares } = asked({ ...given, wallets: [limited] });
      const due = groups.find((group) => group.metricCode === 'calls')?.exactCents ?? ZERO;
      expect(decimal(sum(shares)).lessThanOrEqualTo(due.ceil())).toBe(true);
    }),
  );
});

test('usage that is not billed rests on wallets in full, where one may pay it', () => {
  fc.assert(
    fc.property(bill, (given) => {
      const all: PayingWallet = { id: 'all', balanceCents: cents(0), feeTypes: [], billableMetricCodes: [] };
      const { groups } = asked({ ...given, wallets: [] });
      const whole = groups.map((group) => ({ ...group, exactCents: group.exactCents.floor() }));
      const expected = whole.reduce((total, group) => total + BigInt(group.exactCents.toFixed()), 0n);
      expect(sum(shareOutUsage(whole, [...given.wallets, all]))).toBe(expected);
    }),
  );
});

test('what is used of credits is what was asked for, and of none more than is left', () => {
  const source = fc.record({ isGranted: fc.boolean(), remaining: fc.integer({ min: 0, max: 1000 }) });
  fc.assert(
    fc.property(fc.array(source, { maxLength: 8 }), fc.integer({ min: 0, max: 100 }), (list, percent) => {
      const sources = list.map(({ isGranted, remaining }, position) => ({
        id: String(position),
        isGranted,
        remainingAmountCents: cents(remaining),
      }));
      const held = sources.reduce((total, each) => total + each.remainingAmountCents, 0n);
      const amount = cents((held * BigInt(percent)) / 100n);
      const used = useSources(sources, amount);
      expect([sum(used.uses), used.grantedAmountCents + used.purchasedAmountCents]).toEqual([amount, amount]);
      for (const use of used.uses) expect(use.amountCents <= (sources[Number(use.id)]?.remainingAmountCents ?? 0n)).toBe(true);
    }),
  );
});

type Step = (app: TestEngine, ids: readonly string[]) => Promise<unknown>;

const credits = fc.integer({ min: 0, max: 4000 }).map((amount) => decimal(amount).div(100).toFixed(2));
const which = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ which, credits, kind: fc.constantFrom('paid_credits', 'granted_credits', 'voided_credits') }).map(
    (asks): Step =>
      (app, ids) =>
        app.api.post('/wallet_transactions', { wallet_transaction: { wallet_id: ids[asks.which], [asks.kind]: asks.credits } }),
  ),
  fc
    .record({ which, status: fc.constantFrom('succeeded', 'failed', 'pending') })
    .map(({ which: index, status }): Step => async (app, ids) => {
      const [purchase] = await transactionsOf(app, ids[index] ?? '', '?transaction_status=purchased');
      if (purchase !== undefined)
        await app.api.put(`/invoices/${String(purchase['lago_invoice_id'])}`, { invoice: { payment_status: status } });
    }),
  fc.record({ metric: fc.constantFrom('calls', 'storage'), units: credits }).map(
    ({ metric, units }): Step =>
      (app) =>
        event(app, metric, units),
  ),
  fc.constant<Step>((app) => nextMonth(app)),
  fc.constant<Step>(async (app) => {
    const [newest] = await invoicesOf(app, 'invoice_type=subscription&status=finalized');
    if (newest !== undefined) await app.api.post(`/invoices/${String(newest['lago_id'])}/void`);
  }),
  which.map(
    (index): Step =>
      (app, ids) =>
        app.api.get(`/wallets/${ids[index] ?? ''}`),
  ),
);

async function nextMonth(app: TestEngine): Promise<void> {
  const { test_clock: clock } = (await app.api.get<{ test_clock: { now: string } }>('/test_clock')).body;
  const now = clock.now.slice(0, 7);
  const [year = 0, month = 0] = now.split('-').map(Number);
  const next = month === 12 ? [year + 1, 1] : [year, month + 1];
  await app.moveClock(`${String(next[0])}-${String(next[1]).padStart(2, '0')}-01T06:00:00Z`);
}

test('whatever is bought, granted, voided, used, paid and declined, in any order, the books balance', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (steps) => {
      const app = await createTestEngine();
      try {
        await app.moveClock('2023-01-01T00:00:00Z');
        await customer(app);
        await subscription(app, { amountCents: 777, metrics: { calls: '0.37', storage: '1.1' } });
        const ids = [
          await wallet(app, { granted_credits: '9.99', rate_amount: '0.7', priority: 2 }),
          await wallet(app, { applies_to: { billable_metric_codes: ['storage'] }, rate_amount: '3' }),
          await wallet(app, {
            granted_credits: '5',
            recurring_transaction_rules: [{ trigger: 'threshold', threshold_credits: '2', granted_credits: '3', paid_credits: '1' }],
          }),
        ];
        for (const take of steps) {
          await take(app, ids);
          expectBooksBalance(app);
        }
      } finally {
        await app.close();
      }
    }),
    { numRuns: 5 },
  );
});
