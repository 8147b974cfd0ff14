import { afterEach, describe, expect, it } from 'vitest';
import { refunds } from '../../main/database/tables/payments.ts';
import { PaymentStage, type StageOptions } from '../support/payment-stage.ts';

let stage: PaymentStage;
afterEach(() => stage.close());
const begin = async (options: StageOptions = {}): Promise<void> => {
  stage = await PaymentStage.begin(options);
};

/** A credit note that gives back a part of an invoice. */
async function giveBack(invoiceId: string, amount: number, reason = 'other'): Promise<string> {
  const { fees } = await stage.read(invoiceId);
  const note = { invoice_id: invoiceId, reason, refund_amount_cents: amount, items: [{ fee_id: fees[0]!.lago_id, amount_cents: amount }] };
  const { credit_note: made } = await stage.post<{ credit_note: { lago_id: string } }>('/credit_notes', { credit_note: note });
  return made.lago_id;
}
const statusOf = async (noteId: string): Promise<string> =>
  (await stage.get<{ credit_note: { refund_status: string } }>(`/credit_notes/${noteId}`)).credit_note.refund_status;
const calls = () => stage.fake.calls('POST /v1/refunds');

describe('the refund of a credit note', () => {
  it.each([
    { reason: 'duplicated_charge', sent: 'duplicate' },
    { reason: 'fraudulent_charge', sent: 'fraudulent' },
    { reason: 'product_unsatisfactory', sent: 'requested_by_customer' },
    { reason: 'order_change', sent: 'requested_by_customer' },
    { reason: 'order_cancellation', sent: 'requested_by_customer' },
    { reason: 'other', sent: undefined },
  ])('for $reason goes back through the payment, once', async ({ reason, sent }) => {
    await begin();
    const id = await stage.collected();
    const noteId = await giveBack(id, 400, reason);
    await stage.settle();
    expect(await statusOf(noteId)).toBe('succeeded');
    const [call, ...more] = calls();
    expect([more, call!.key]).toEqual([[], noteId]);
    expect(call!.form).toEqual({
      payment_intent: stage.fake.intentsOf(id)[0]!.id,
      amount: '400',
      ...(sent === undefined ? {} : { reason: sent }),
      metadata: { lago_customer_id: (await stage.paymentRows(id))[0]!.customerId, lago_credit_note_id: noteId, lago_invoice_id: id },
    });
  });

  it('is not sent where the invoice was paid in cash', async () => {
    await begin();
    const id = await stage.invoice({ skipPsp: true });
    await stage.post('/payments', { payment: { invoice_id: id, amount_cents: 1000, reference: 'cash' } });
    const noteId = await giveBack(id, 400);
    await stage.settle();
    expect([await statusOf(noteId), calls()]).toEqual(['pending', []]);
  });

  it('is split over several payments, the newest first', async () => {
    await begin({ methods: ['pm_processing'] });
    const id = await stage.collected();
    stage.fake.resolveIntent(stage.fake.intentsOf(id)[0]!.id, 'succeeded', 700);
    await stage.hear('polling');
    stage.fake.changeCard('cus_acme', 'pm_card_visa');
    await stage.app.api.post(`/invoices/${id}/retry_payment`);
    await stage.settle();
    const noteId = await giveBack(id, 500);
    await stage.settle();
    expect(calls().map((call) => [call.form['amount'], call.key])).toEqual([
      ['300', noteId],
      ['200', `${noteId}:2`],
    ]);
    expect(await statusOf(noteId)).toBe('succeeded');
    const second = await giveBack(id, 500);
    await stage.settle();
    expect(
      calls()
        .slice(2)
        .map((call) => call.form['amount']),
    ).toEqual(['500']);
    expect(await statusOf(second)).toBe('succeeded');
  });

  it('that Stripe refuses has failed, and says so', async () => {
    await begin();
    stage.fake.refundMode = 'not_refundable';
    const id = await stage.collected();
    const noteId = await giveBack(id, 400);
    await stage.settle();
    expect(await statusOf(noteId)).toBe('failed');
    expect(stage.messages('credit_note.provider_refund_failure')).toMatchObject([
      {
        object_type: 'credit_note_payment_provider_refund_error',
        credit_note_payment_provider_refund_error: {
          lago_credit_note_id: noteId,
          external_customer_id: 'acme',
          provider_customer_id: 'cus_acme',
          provider_error: { error_code: 'charge_not_refundable' },
        },
      },
    ]);
    stage.pass({ hours: 25 });
    await stage.hear('polling');
    expect(calls()).toHaveLength(1);
  });

  it('whose answer gets lost is asked for again under its key, and given once', async () => {
    await begin();
    const id = await stage.collected();
    const noteId = await giveBack(id, 400);
    stage.fake.loseAnswers(1);
    await stage.settle();
    expect(await statusOf(noteId)).toBe('pending');
    stage.pass({ seconds: 2 });
    await stage.settle();
    expect([await statusOf(noteId), stage.fake.refunds.length, calls().map((call) => call.key)]).toEqual([
      'succeeded',
      1,
      [noteId, noteId],
    ]);
  });

  it('whose answer got lost a day ago is looked up first', async () => {
    await begin();
    const id = await stage.collected();
    const noteId = await giveBack(id, 400);
    stage.fake.loseAnswers(1);
    await stage.settle();
    stage.pass({ hours: 24 });
    await stage.hear('polling');
    expect([await statusOf(noteId), stage.fake.refunds.length, calls().length]).toEqual(['succeeded', 1, 1]);
    expect(stage.fake.calls('GET /v1/refunds')).toHaveLength(1);
  });

  it('that was given and came back has failed after all', async () => {
    await begin();
    const id = await stage.collected();
    const noteId = await giveBack(id, 400);
    await stage.settle();
    stage.fake.resolveRefund(stage.fake.refunds[0]!.id, 'failed');
    await stage.hear('webhooks');
    expect(await statusOf(noteId)).toBe('failed');
  });

  it('is written in Stripe’s way where it has one', async () => {
    await begin();
    const id = await stage.collected({ currency: 'ISK' });
    const noteId = await giveBack(id, 400);
    await stage.settle();
    expect([await statusOf(noteId), calls()[0]!.form['amount']]).toEqual(['succeeded', '40000']);
    const rows = await stage.app.engine.services.context.database.read.manager.find(refunds);
    expect(rows.map((row) => row.amountCents)).toEqual([400n]);
  });

  it('is not sent after a dispute was lost', async () => {
    await begin();
    const id = await stage.collected();
    await stage.post(`/invoices/${id}/lose_dispute`);
    const { fees } = await stage.read(id);
    const note = { invoice_id: id, refund_amount_cents: 400, items: [{ fee_id: fees[0]!.lago_id, amount_cents: 400 }] };
    await stage.app.api.post('/credit_notes', { credit_note: note });
    await stage.settle();
    expect(calls()).toEqual([]);
  });
});
