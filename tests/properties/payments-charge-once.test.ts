import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { PaymentStage } from '../support/payment-stage.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What can happen, to the books, to the network, at Stripe and to the clock. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'settle' } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: 'invoice' } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(2, 35, 300, 7200, 90_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retry' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cash' as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('offline' as const), requests: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lose' as const), answers: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fail' as const),
      status: fc.constantFrom(429, 500, 409, 401),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('card' as const),
      method: fc.constantFrom('pm_card_visa', 'pm_decline', 'pm_processing', 'pm_timeout', 'pm_3ds'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('resolve' as const), outcome: fc.constantFrom('succeeded' as const, 'failed' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deliver' as const), which: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'reconcile' } as const) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

class Play {
  readonly stage: PaymentStage;
  readonly ids: string[] = [];
  #cards = 0;

  constructor(stage: PaymentStage) {
    this.stage = stage;
  }

  async do(one: Step): Promise<void> {
    const { stage } = this;
    const { api } = stage.app;
    const id = 'which' in one ? this.ids[one.which % Math.max(this.ids.length, 1)] : undefined;
    if (one.kind === 'settle') await stage.settle();
    else if (one.kind === 'invoice') this.ids.push(await stage.invoice());
    else if (one.kind === 'pass') stage.pass({ seconds: one.seconds });
    else if (one.kind === 'retry' && id !== undefined) await api.post(`/invoices/${id}/retry_payment`);
    else if (one.kind === 'void' && id !== undefined) await api.post(`/invoices/${id}/void`);
    else if (one.kind === 'cash' && id !== undefined)
      await api.post('/payments', { payment: { invoice_id: id, amount_cents: 400, reference: 'cash' } });
    else if (one.kind === 'offline') stage.fake.goOffline(one.requests);
    else if (one.kind === 'lose') stage.fake.loseAnswers(one.answers);
    else if (one.kind === 'fail') stage.fake.failNext('/v1/payment_intents', one.status, { times: one.times });
    else if (one.kind === 'card') stage.fake.changeCard('cus_acme', `${one.method}_${String((this.#cards += 1))}`);
    else if (one.kind === 'resolve') this.#resolve(one.outcome);
    else if (one.kind === 'deliver') await this.#deliver(one.which);
    else if (one.kind === 'reconcile') await api.post('/payment_providers/stripe/reconcile');
  }

  #resolve(outcome: 'succeeded' | 'failed'): void {
    const open = [...this.stage.fake.books.intents.values()].find((intent) => ['processing', 'requires_action'].includes(intent.status));
    if (open !== undefined) this.stage.fake.resolveIntent(open.id, outcome);
  }

  async #deliver(which: number): Promise<void> {
    const { events } = this.stage.fake.books;
    const event = events[which % Math.max(events.length, 1)];
    if (event !== undefined) await this.stage.deliver(event);
  }

  /** The network is well again, everything at Stripe has ended, and a day and a half goes by. */
  async end(): Promise<void> {
    const { stage } = this;
    stage.fake.goOffline(0);
    stage.fake.loseAnswers(0);
    stage.fake.forgiveFailures();
    for (let rounds = 0; rounds < 4; rounds += 1) {
      await stage.settle();
      this.#resolve('succeeded');
      stage.pass({ hours: 12 });
      await stage.reconcile();
    }
    await stage.settle();
  }
}

it('whatever happens, an invoice is charged once at most, and every charge is in the books', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const stage = await PaymentStage.begin();
      const play = new Play(stage);
      try {
        play.ids.push(await stage.invoice());
        for (const one of steps) await play.do(one);
        await play.end();
        for (const id of play.ids) {
          const charged = stage.fake.intentsOf(id).filter((intent) => intent.status === 'succeeded');
          const rows = (await stage.paymentRows(id)).filter(
            (row) => row.paymentType === 'provider' && row.payablePaymentStatus === 'succeeded',
          );
          expect(charged.length).toBeLessThanOrEqual(1);
          expect(rows.map((row) => row.providerPaymentId)).toEqual(charged.map((intent) => intent.id));
          expect(rows.map((row) => Number(row.amountCents))).toEqual(charged.map((intent) => intent.amount_received));
        }
        expect((await stage.reconcile()).changed).toBe(0);
        const overpaid = await Promise.all(play.ids.map(async (id) => (await stage.read(id)).total_paid_amount_cents > 1000));
        stage.isOverpaid = overpaid.includes(true);
      } finally {
        await stage.close();
      }
    }),
    { numRuns: 25 },
  );
});
