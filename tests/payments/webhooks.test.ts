import { afterEach, describe, expect, it } from 'vitest';
import { providerEvents } from '../../main/database/tables/payments.ts';
import { PaymentStage, WEBHOOK_SECRET, type StageOptions } from '../support/payment-stage.ts';
import type { StripeEvent } from '../support/fake-stripe/books.ts';

let stage: PaymentStage;
afterEach(() => stage.close());
const begin = async (options: StageOptions = { methods: ['pm_processing'] }): Promise<void> => {
  stage = await PaymentStage.begin(options);
};
const kept = () => stage.app.engine.services.context.database.read.manager.countBy(providerEvents, {});

/** An invoice whose payment has succeeded at Stripe, and the event that says so, not sent yet. */
async function paidAtStripe(): Promise<{ readonly id: string; readonly event: StripeEvent }> {
  const id = await stage.collected();
  stage.fake.resolveIntent(stage.fake.intentsOf(id)[0]!.id, 'succeeded');
  return { id, event: stage.fake.eventsOf('payment_intent.succeeded').at(-1)! };
}

describe('a webhook', () => {
  it('is answered at once and worked on afterwards', async () => {
    await begin();
    const { id, event } = await paidAtStripe();
    expect(await stage.deliver(event)).toBe(200);
    expect(await stage.standing(id)).toBe('pending, 0 paid');
    await stage.settle();
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
  });

  it('that comes twice does once what it says', async () => {
    await begin();
    const { id, event } = await paidAtStripe();
    expect([await stage.deliver(event), await stage.deliver(event)]).toEqual([200, 200]);
    await stage.settle();
    expect(await stage.deliver(event)).toBe(200);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id), await kept()]).toEqual(['succeeded, 1000 paid', ['succeeded 1000'], 1]);
    expect(stage.messageTypes('payment.succeeded', 'invoice.payment_status_updated')).toHaveLength(2);
  });

  it('that comes before the answer of the call it tells of', async () => {
    await begin({ methods: ['pm_card_visa'] });
    const id = await stage.invoice();
    const held = stage.fake.holdNext('/v1/payment_intents');
    const settled = stage.settle();
    await held.arrived;
    expect(await stage.deliver(stage.fake.eventsOf('payment_intent.succeeded')[0]!)).toBe(200);
    held.release();
    await settled;
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id), stage.fake.chargesOf(id)]).toEqual([
      'succeeded, 1000 paid',
      ['succeeded 1000'],
      1,
    ]);
    expect(stage.messages('payment.succeeded')).toHaveLength(1);
  });

  it('of a kind that nobody needs is taken and forgotten', async () => {
    await begin();
    expect(await stage.deliver(stage.fake.books.emit('price.created', { id: 'price_1' }))).toBe(200);
    expect(await kept()).toBe(0);
  });

  it.each([
    { name: 'signed with another secret', sent: (event: StripeEvent) => stage.deliver(event, { secret: 'whsec_other' }) },
    { name: 'signed 301 s ago', sent: (event: StripeEvent) => stage.deliver(event, { ageSeconds: 301 }) },
    { name: 'signed 301 s ahead', sent: (event: StripeEvent) => stage.deliver(event, { ageSeconds: -301 }) },
    { name: 'of a provider that is not set up', sent: (event: StripeEvent) => stage.deliver(event, { code: 'other' }) },
    { name: 'without a signature', sent: (event: StripeEvent) => stage.deliverRaw(JSON.stringify(event), '') },
    {
      name: 'whose JSON was written anew on the way',
      sent: (event: StripeEvent) => stage.deliverRaw(JSON.stringify(event), stage.fake.signed(event, { secret: WEBHOOK_SECRET }).signature),
    },
    { name: 'that is no event', sent: () => stage.deliver([] as unknown as StripeEvent) },
    { name: 'of an event without a name', sent: () => stage.deliver({ id: 'evt_1', data: { object: {} } } as unknown as StripeEvent) },
  ])('$name is refused, and nothing of it is kept', async ({ sent }) => {
    await begin();
    const { id, event } = await paidAtStripe();
    expect(await sent(event)).toBe(400);
    await stage.settle();
    expect([await stage.standing(id), await kept()]).toEqual(['pending, 0 paid', 0]);
  });

  it('for another organization is refused', async () => {
    await begin();
    const { event } = await paidAtStripe();
    const { body, signature } = stage.fake.signed(event, { secret: WEBHOOK_SECRET });
    const url = 'http://127.0.0.1:3000/webhooks/stripe/00000000-0000-7000-8000-000000000000?code=stripe';
    const answer = await stage.app.engine.fetch(new Request(url, { method: 'POST', headers: { 'stripe-signature': signature }, body }));
    expect([answer.status, await kept()]).toEqual([400, 0]);
  });

  it('larger than any event is refused before it is read', async () => {
    await begin();
    expect(await stage.deliverRaw('x'.repeat(1024 * 1024 + 1), 't=1,v1=00')).toBe(413);
  });
});

describe('events that come in another order', () => {
  it('a failure after the success changes nothing', async () => {
    await begin({ methods: ['pm_card_visa'] });
    const id = await stage.collected();
    const intent = stage.fake.intentsOf(id)[0]!;
    const failed = stage.fake.books.emit('payment_intent.payment_failed', {
      ...intent,
      status: 'requires_payment_method',
      amount_received: 0,
    });
    await stage.deliver(failed);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id), stage.failureCodes()]).toEqual([
      'succeeded, 1000 paid',
      ['succeeded 1000'],
      [],
    ]);
  });

  it('every order of what happened to two payments ends the same', async () => {
    await begin({ methods: ['pm_decline'] });
    const id = await stage.collected();
    stage.fake.changeCard('cus_acme', 'pm_processing');
    await stage.app.api.post(`/invoices/${id}/retry_payment`);
    await stage.settle();
    stage.fake.resolveIntent(stage.fake.intentsOf(id)[1]!.id, 'succeeded');
    const [late] = stage.fake.eventsOf('payment_intent.payment_failed');
    const [paid] = stage.fake.eventsOf('payment_intent.succeeded');
    for (const event of [paid!, late!, paid!]) expect(await stage.deliver(event)).toBe(200);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual([
      'succeeded, 1000 paid',
      ['failed 1000 card_declined', 'succeeded 1000'],
    ]);
  });

  it('a late failure of an older payment does not end a newer one that is under way', async () => {
    await begin({ methods: ['pm_decline'] });
    const id = await stage.collected();
    stage.fake.changeCard('cus_acme', 'pm_processing');
    await stage.app.api.post(`/invoices/${id}/retry_payment`);
    await stage.settle();
    await stage.deliver(stage.fake.eventsOf('payment_intent.payment_failed')[0]!);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual([
      'pending, 0 paid',
      ['failed 1000 card_declined', 'processing 1000'],
    ]);
  });

  it('the failure of a payment that is made again with its owner does not fail the invoice', async () => {
    await begin({ methods: ['pm_3ds'], supports3ds: true });
    const id = await stage.collected();
    await stage.deliver(stage.fake.eventsOf('payment_intent.payment_failed')[0]!);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id), stage.failureCodes()]).toEqual([
      'pending, 0 paid',
      ['failed 1000 authentication_required', 'processing 1000'],
      [],
    ]);
  });

  it('that failure makes it be made again even when it is heard before the answer', async () => {
    await begin({ methods: ['pm_3ds'], supports3ds: true });
    stage.fake.loseAnswers(1);
    const id = await stage.collected();
    await stage.deliver(stage.fake.eventsOf('payment_intent.payment_failed')[0]!);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual([
      'pending, 0 paid',
      ['failed 1000 authentication_required', 'processing 1000'],
    ]);
    expect(stage.fake.intentsOf(id)).toHaveLength(2);
  });
});

describe('reconciling', () => {
  it('finds everything once, and nothing the second time', async () => {
    await begin();
    const { id } = await paidAtStripe();
    expect(await stage.reconcile()).toEqual({ checked: 2, changed: 1 });
    expect(await stage.reconcile()).toEqual({ checked: 0, changed: 0 });
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 1000 paid', ['succeeded 1000']]);
  });

  it('reads every page of the events, and applies the oldest first', async () => {
    await begin({ methods: [] });
    const id = await stage.collected();
    const intent = {
      id: 'pi_1',
      object: 'payment_intent',
      amount: 1000,
      amount_received: 0,
      customer: 'cus_acme',
      metadata: { lago_invoice_id: id },
    };
    stage.fake.books.emit('payment_intent.payment_failed', { ...intent, status: 'requires_payment_method' });
    for (let other = 0; other < 250; other += 1) {
      stage.fake.books.emit('payment_intent.succeeded', { ...intent, id: `pi_other_${String(other)}`, status: 'succeeded', metadata: {} });
    }
    stage.fake.books.emit('payment_intent.succeeded', { ...intent, status: 'succeeded', amount_received: 1000 });
    expect(await stage.reconcile()).toEqual({ checked: 2, changed: 2 });
    expect(stage.fake.calls('GET /v1/events')).toHaveLength(3);
    expect([await stage.standing(id), stage.failureCodes()]).toEqual(['succeeded, 1000 paid', ['requires_payment_method']]);
  });

  it('begins ten minutes before the newest event that was applied', async () => {
    await begin();
    await paidAtStripe();
    await stage.reconcile();
    stage.pass({ hours: 2 });
    await stage.reconcile();
    const [first, second] = stage.fake.calls('GET /v1/events').map((call) => (call.form['created'] as { gte: string }).gte);
    const noon = 1_677_672_000;
    expect([first, second]).toEqual([String(noon - 600), String(noon - 600)]);
  });

  it('of a provider that is not set up is 404, of one that cannot be reached 422', async () => {
    await begin();
    expect(await stage.app.api.post('/payment_providers/other/reconcile')).toMatchObject({
      status: 404,
      body: { code: 'payment_provider_not_found' },
    });
    stage.fake.goOffline(1);
    expect(await stage.app.api.post('/payment_providers/stripe/reconcile')).toMatchObject({
      status: 422,
      body: { code: 'third_party_error', error_details: { third_party: 'Stripe', error_code: 'provider_unreachable' } },
    });
  });

  it('looks at an open payment after 1, 5, 15 and 60 minutes, and daily for thirty days', async () => {
    await begin();
    const id = await stage.collected();
    const path = `GET /v1/payment_intents/${stage.fake.intentsOf(id)[0]!.id}`;
    const looks: number[] = [];
    for (const minutes of [0.5, 0.5, 4, 10, 45, 23 * 60, 24 * 60]) {
      stage.pass({ seconds: minutes * 60 });
      await stage.settle();
      looks.push(stage.fake.calls(path).length);
    }
    expect(looks).toEqual([0, 1, 2, 3, 4, 5, 6]);
    stage.pass({ hours: 24 * 40 });
    await stage.settle();
    await stage.settle();
    expect(stage.fake.calls(path)).toHaveLength(7);
    stage.fake.resolveIntent(stage.fake.intentsOf(id)[0]!.id, 'succeeded');
    await stage.reconcile();
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
  });
});
