import { afterEach, describe, expect, it } from 'vitest';
import { PaymentStage, type StageOptions } from '../support/payment-stage.ts';

let stage: PaymentStage;
afterEach(() => stage.close());
const begin = async (options: StageOptions = {}): Promise<void> => {
  stage = await PaymentStage.begin(options);
};
const intentCalls = () => stage.fake.calls('POST /v1/payment_intents');

/** Lets the longest wait of a try pass: 27 s and a fifth. */
async function nextTry(): Promise<void> {
  stage.pass({ seconds: 33 });
  await stage.settle();
}

describe('an answer that gets lost', () => {
  it('after the charge: the same call with the same key finds what was charged', async () => {
    await begin({ methods: ['pm_timeout'] });
    const id = await stage.collected();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['pending, 0 paid', ['pending 1000']]);
    expect(stage.messageTypes('invoice.payment_failure', 'invoice.payment_status_updated')).toEqual([]);
    await nextTry();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 1000 paid', ['succeeded 1000']]);
    expect(stage.fake.intentsOf(id)).toHaveLength(1);
    expect(new Set(intentCalls().map((call) => JSON.stringify([call.key, call.form]))).size).toBe(1);
  });

  it('with a connection that is reset: the library repeats the call under the same key', async () => {
    await begin({ methods: ['pm_timeout'], drops: 'reset' });
    const id = await stage.collected();
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
    expect([stage.fake.chargesOf(id), intentCalls().length]).toEqual([1, 2]);
  });

  it('is heard by an event before the next try, which is then not made', async () => {
    await begin({ methods: ['pm_timeout'] });
    const id = await stage.collected();
    await stage.hear('webhooks');
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
    await nextTry();
    expect([stage.fake.chargesOf(id), intentCalls().length]).toEqual([1, 1]);
  });

  it('of a decline is still a decline', async () => {
    await begin({ methods: ['pm_decline'] });
    stage.fake.loseAnswers(1);
    const id = await stage.collected();
    expect(await stage.standing(id)).toBe('pending, 0 paid');
    await nextTry();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['failed, 0 paid', ['failed 1000 card_declined']]);
    expect(stage.fake.intentsOf(id)).toHaveLength(1);
  });
});

describe('Stripe that cannot be reached', () => {
  it('is asked five times under one key, then a person is told, and the payment is made when it is back', async () => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', 500, { times: 5 });
    const id = await stage.collected();
    for (let tries = 1; tries < 5; tries += 1) {
      expect([intentCalls().length, stage.failureCodes()]).toEqual([tries, []]);
      await nextTry();
    }
    expect([intentCalls().length, stage.failureCodes()]).toEqual([5, ['provider_unreachable']]);
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['pending, 0 paid', ['pending 1000 provider_unreachable']]);
    await nextTry();
    expect(intentCalls()).toHaveLength(5);
    stage.pass({ minutes: 5 });
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 1000 paid', ['succeeded 1000']]);
    expect(new Set(intentCalls().map((call) => call.key))).toEqual(new Set([`payment:${id}:1`]));
    expect(stage.failureCodes()).toEqual(['provider_unreachable']);
  });

  it('once a person was told, that person may ask at once', async () => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', 503, { times: 5 });
    const id = await stage.collected();
    expect((await stage.app.api.post(`/invoices/${id}/retry_payment`)).status).toBe(405);
    for (let tries = 1; tries < 5; tries += 1) await nextTry();
    expect((await stage.app.api.post(`/invoices/${id}/retry_payment`)).status).toBe(200);
    await stage.settle();
    expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it('that says how long to wait is not asked sooner', async () => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', 429, { retryAfter: 50 });
    const id = await stage.collected();
    stage.pass({ seconds: 49 });
    await stage.settle();
    expect(intentCalls()).toHaveLength(1);
    stage.pass({ seconds: 1 });
    await stage.settle();
    expect([await stage.standing(id), intentCalls().length]).toEqual(['succeeded, 1000 paid', 2]);
  });

  it('is not waited for longer than a minute, whatever it says', async () => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', 429, { retryAfter: 3600 });
    const id = await stage.collected();
    stage.pass({ seconds: 60 });
    await stage.settle();
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
  });

  it.each(['pm_rate_limit', 'pm_500'])('by %s charges once when it answers again', async (method) => {
    await begin({ methods: [method] });
    const id = await stage.collected();
    expect(stage.fake.intentsOf(id)).toEqual([]);
    stage.fake.heal();
    await nextTry();
    expect([await stage.standing(id), stage.fake.intentsOf(id).length]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it('before the call: the reads are tried again, and nothing was sent', async () => {
    await begin();
    stage.fake.goOffline(1);
    const id = await stage.collected();
    expect([await stage.standing(id), intentCalls().length]).toEqual(['pending, 0 paid', 0]);
    await nextTry();
    expect([await stage.standing(id), intentCalls().length]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it('holds a cash payment back while its answer is open', async () => {
    await begin({ methods: ['pm_timeout'] });
    const id = await stage.collected();
    const manual = { payment: { invoice_id: id, amount_cents: 1000, reference: 'cash' } };
    expect(await stage.app.api.post('/payments', manual)).toMatchObject({
      status: 405,
      body: { code: 'payment_processor_is_currently_handling_payment' },
    });
  });
});

describe('a key that another call has', () => {
  it('makes the intent be looked up at once', async () => {
    await begin();
    stage.fake.loseAnswers(1);
    const id = await stage.collected();
    stage.fake.failNext('/v1/payment_intents', 409, { code: 'idempotency_key_in_use' });
    await nextTry();
    expect([await stage.standing(id), stage.fake.intentsOf(id).length]).toEqual(['succeeded, 1000 paid', 1]);
    expect(stage.fake.calls('GET /v1/payment_intents')).toHaveLength(1);
  });

  it('is tried again later where there is no intent yet', async () => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', 409, { code: 'idempotency_key_in_use' });
    const id = await stage.collected();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['pending, 0 paid', ['pending 1000']]);
    await nextTry();
    expect([await stage.standing(id), stage.fake.intentsOf(id).length]).toEqual(['succeeded, 1000 paid', 1]);
  });
});

describe('a day later, when Stripe has forgotten the key', () => {
  it('what was charged is looked up, never just asked for again', async () => {
    await begin({ methods: ['pm_timeout'] });
    const id = await stage.collected();
    stage.pass({ hours: 25 });
    await stage.settle();
    expect([await stage.standing(id), stage.fake.intentsOf(id).length]).toEqual(['succeeded, 1000 paid', 1]);
    expect(intentCalls()).toHaveLength(1);
  });

  it('what was never charged is made after the look', async () => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', 500);
    const id = await stage.collected();
    stage.pass({ hours: 25 });
    await stage.settle();
    const { requests } = stage.fake;
    const looked = requests.findIndex((request) => request.method === 'GET' && request.path === '/v1/payment_intents');
    const sent = requests.findLastIndex((request) => request.method === 'POST' && request.path === '/v1/payment_intents');
    expect([looked > 0, sent > looked]).toEqual([true, true]);
    expect([await stage.standing(id), await stage.payments(id), stage.fake.intentsOf(id).length]).toEqual([
      'succeeded, 1000 paid',
      ['succeeded 1000'],
      1,
    ]);
  });
});

describe('an amount that changes', () => {
  const credit = async (id: string, amount: number): Promise<void> => {
    const { fees } = await stage.read(id);
    const note = { invoice_id: id, offset_amount_cents: amount, items: [{ fee_id: fees[0]!.lago_id, amount_cents: amount }] };
    await stage.post('/credit_notes', { credit_note: note });
  };

  it('before the call is charged as it is now', async () => {
    await begin();
    const id = await stage.invoice();
    await credit(id, 400);
    await stage.settle();
    expect([await stage.payments(id), stage.fake.intentsOf(id).map((intent) => intent.amount)]).toEqual([['succeeded 600'], [600]]);
    expect(await stage.standing(id)).toBe('succeeded, 600 paid');
  });

  it('between the row and the call is charged as it is now', async () => {
    await begin();
    stage.fake.goOffline(1);
    const id = await stage.collected();
    await credit(id, 400);
    await nextTry();
    expect([await stage.payments(id), stage.fake.intentsOf(id).map((intent) => intent.amount)]).toEqual([['succeeded 600'], [600]]);
  });

  it('after a call that charged nothing ends that payment and begins another', async () => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', 500);
    const id = await stage.collected();
    await credit(id, 400);
    await nextTry();
    // The lost call may still be under way for a minute.
    expect([await stage.payments(id), stage.fake.intentsOf(id).length]).toEqual([['pending 1000'], 0]);
    await nextTry();
    await stage.settle();
    expect(await stage.payments(id)).toEqual(['failed 1000 superseded', 'succeeded 600']);
    expect([await stage.standing(id), stage.failureCodes()]).toEqual(['succeeded, 600 paid', []]);
    expect(stage.messages('invoice.payment_status_updated')).toHaveLength(1);
  });

  it('after a call that charged it all keeps what was charged', async () => {
    await begin({ methods: ['pm_timeout'] });
    stage.isOverpaid = true;
    const id = await stage.collected();
    await credit(id, 400);
    await nextTry();
    expect([await stage.standing(id), await stage.payments(id), stage.fake.intentsOf(id).length]).toEqual([
      'succeeded, 1000 paid',
      ['succeeded 1000'],
      1,
    ]);
  });
});
