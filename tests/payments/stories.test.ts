import { afterEach, describe, expect, it } from 'vitest';
import { PaymentStage, type StageOptions } from '../support/payment-stage.ts';

/** The same stories twice: with webhooks only, and on a machine that no webhook reaches. Rule: payments-and-webhooks.md § 6. */
describe.each(['webhooks', 'polling'] as const)('heard of by %s', (by) => {
  let stage: PaymentStage;
  afterEach(() => stage.close());
  const begin = async (options: StageOptions = {}): Promise<void> => {
    stage = await PaymentStage.begin(options);
    // What happened while the stage was set up.
    await stage.hear(by);
  };

  it.each([
    { outcome: 'succeeded', standing: 'succeeded, 1000 paid', payment: 'succeeded 1000', failures: [] },
    { outcome: 'failed', standing: 'failed, 0 paid', payment: 'failed 1000 card_declined', failures: ['card_declined'] },
    { outcome: 'canceled', standing: 'failed, 0 paid', payment: 'failed 1000 canceled', failures: ['canceled'] },
  ] as const)('a payment that takes its time is $outcome', async ({ outcome, standing, payment, failures }) => {
    await begin({ methods: ['pm_processing'] });
    const id = await stage.collected();
    stage.fake.resolveIntent(stage.fake.intentsOf(id)[0]!.id, outcome);
    expect(await stage.standing(id)).toBe('pending, 0 paid');
    await stage.hear(by);
    expect([await stage.standing(id), await stage.payments(id), stage.failureCodes()]).toEqual([standing, [payment], failures]);
    expect(stage.fake.calls('POST /v1/payment_intents')).toHaveLength(1);
  });

  it('a new card collects what waited for one', async () => {
    await begin({ methods: [] });
    const ids = [await stage.collected(), await stage.collected()];
    stage.fake.changeCard('cus_acme', 'pm_card_visa');
    await stage.hear(by);
    for (const id of ids) expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it('a card that is entered on a checkout page becomes the default and collects what waited', async () => {
    await begin({ methods: [] });
    const id = await stage.collected();
    const { customer } = await stage.post<{ customer: { checkout_url: string } }>('/customers/acme/checkout_url');
    stage.fake.completeSession(customer.checkout_url.split('/').at(-1)!, 'pm_card_new');
    await stage.hear(by);
    expect([await stage.standing(id), stage.fake.intentsOf(id)[0]!.payment_method]).toEqual(['succeeded, 1000 paid', 'pm_card_new']);
    expect(stage.fake.books.customers.get('cus_acme')!.invoice_settings.default_payment_method).toBe('pm_card_new');
    await stage.hear(by);
    expect(stage.fake.chargesOf(id)).toBe(1);
  });

  it('a card that is declined is not charged again by a new card, only by a person', async () => {
    await begin({ methods: ['pm_decline'] });
    const id = await stage.collected();
    stage.fake.changeCard('cus_acme', 'pm_card_visa');
    await stage.hear(by);
    expect(await stage.standing(id)).toBe('failed, 0 paid');
    await stage.app.api.post(`/invoices/${id}/retry_payment`);
    await stage.settle();
    expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it('a card that is taken away is forgotten, and another is used', async () => {
    await begin({ methods: ['pm_card_one', 'pm_card_two'] });
    await stage.collected();
    stage.fake.detachMethod('pm_card_one');
    await stage.hear(by);
    const id = await stage.collected();
    expect([await stage.standing(id), stage.fake.intentsOf(id)[0]!.payment_method]).toEqual(['succeeded, 1000 paid', 'pm_card_two']);
  });

  it('a page that is paid on pays the invoice, and closes', async () => {
    await begin({ methods: [] });
    const id = await stage.collected();
    const { invoice_payment_details: link } = await stage.post<{ invoice_payment_details: { payment_url: string } }>(
      `/invoices/${id}/payment_url`,
    );
    stage.fake.completeSession(link.payment_url.split('/').at(-1)!, 'pm_card_visa');
    await stage.hear(by);
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 1000 paid', ['succeeded 1000']]);
    expect(stage.messageTypes('payment.succeeded', 'invoice.payment_status_updated')).toEqual([
      'invoice.payment_status_updated',
      'payment.succeeded',
    ]);
    stage.pass({ hours: 1 });
    await stage.hear(by);
    expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it('a page whose customer is declined first and pays then pays the invoice', async () => {
    await begin({ methods: [] });
    const id = await stage.collected();
    const { invoice_payment_details: link } = await stage.post<{ invoice_payment_details: { payment_url: string } }>(
      `/invoices/${id}/payment_url`,
    );
    const session = link.payment_url.split('/').at(-1)!;
    stage.fake.completeSession(session, 'pm_decline');
    await stage.hear(by);
    expect(await stage.standing(id)).toBe('failed, 0 paid');
    stage.fake.completeSession(session, 'pm_card_visa');
    await stage.hear(by);
    expect([await stage.standing(id), stage.fake.chargesOf(id)]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it.each(['succeeded', 'failed'] as const)('a refund that takes its time is %s', async (status) => {
    await begin();
    stage.fake.refundMode = 'pending';
    const id = await stage.collected();
    const { fees } = await stage.read(id);
    const note = { invoice_id: id, refund_amount_cents: 400, items: [{ fee_id: fees[0]!.lago_id, amount_cents: 400 }] };
    const { credit_note: made } = await stage.post<{ credit_note: { lago_id: string } }>('/credit_notes', { credit_note: note });
    await stage.settle();
    const refundStatus = async (): Promise<string> =>
      (await stage.get<{ credit_note: { refund_status: string } }>(`/credit_notes/${made.lago_id}`)).credit_note.refund_status;
    expect([await refundStatus(), stage.fake.refunds.map((refund) => refund.amount)]).toEqual(['pending', [400]]);
    stage.fake.resolveRefund(stage.fake.refunds[0]!.id, status);
    await stage.hear(by);
    expect(await refundStatus()).toBe(status);
    expect(stage.messages('credit_note.provider_refund_failure')).toHaveLength(status === 'failed' ? 1 : 0);
  });

  it('a dispute that is lost is noted on the invoice, once', async () => {
    await begin();
    const id = await stage.collected();
    stage.fake.closeDispute(stage.fake.intentsOf(id)[0]!.id, 'lost');
    await stage.hear(by);
    expect((await stage.read(id)).payment_dispute_lost_at).toBe('2023-03-01T12:00:00Z');
    await stage.hear(by);
    expect(stage.messages('invoice.payment_dispute_lost')).toHaveLength(1);
  });

  it('a dispute that is won changes nothing', async () => {
    await begin();
    const id = await stage.collected();
    stage.fake.closeDispute(stage.fake.intentsOf(id)[0]!.id, 'won');
    await stage.hear(by);
    expect((await stage.read(id)).payment_dispute_lost_at).toBeNull();
  });

  it('less money than was due is recorded, and the rest stays due', async () => {
    await begin({ methods: ['pm_processing'] });
    const id = await stage.collected();
    stage.fake.resolveIntent(stage.fake.intentsOf(id)[0]!.id, 'succeeded', 700);
    await stage.hear(by);
    expect([await stage.standing(id), (await stage.read(id)).total_due_amount_cents]).toEqual(['pending, 700 paid', 300]);
    stage.fake.changeCard('cus_acme', 'pm_card_visa');
    await stage.app.api.post(`/invoices/${id}/retry_payment`);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 1000 paid', ['succeeded 700', 'succeeded 300']]);
  });

  it('what others do in the same account changes nothing', async () => {
    await begin();
    const id = await stage.collected();
    stage.fake.addCustomer('cus_stranger', ['pm_card_stranger']);
    const stranger = { id: 'pi_stranger', object: 'payment_intent', status: 'succeeded', amount: 5, amount_received: 5, metadata: {} };
    stage.fake.books.emit('payment_intent.succeeded', stranger);
    stage.fake.books.emit('payment_intent.succeeded', { ...stranger, id: 'pi_other', metadata: { lago_invoice_id: 'not-an-id' } });
    const elsewhere = { lago_invoice_id: id, lago_organization_id: '00000000-0000-7000-8000-000000000000' };
    stage.fake.books.emit('payment_intent.succeeded', { ...stranger, id: 'pi_elsewhere', metadata: elsewhere });
    stage.fake.changeCard('cus_stranger', 'pm_card_other');
    stage.fake.books.emit('customer.created', { id: 'cus_stranger' });
    await stage.hear(by);
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 1000 paid', ['succeeded 1000']]);
    const { payments } = await stage.get<{ payments: readonly unknown[] }>('/payments');
    expect(payments).toHaveLength(1);
  });

  it('a payment of ours that the books do not know is taken over', async () => {
    await begin({ methods: [] });
    const id = await stage.collected();
    const intent = {
      id: 'pi_elsewhere',
      object: 'payment_intent',
      status: 'succeeded',
      amount: 1000,
      amount_received: 1000,
      customer: 'cus_acme',
    };
    stage.fake.books.emit('payment_intent.succeeded', { ...intent, metadata: { lago_invoice_id: id, lago_attempt: '7' } });
    await stage.hear(by);
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 1000 paid', ['succeeded 1000']]);
    expect((await stage.paymentRows(id))[0]).toMatchObject({ attempt: 7, providerPaymentId: 'pi_elsewhere', providerCode: 'stripe' });
  });
});
