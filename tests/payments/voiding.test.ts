import { afterEach, describe, expect, it } from 'vitest';
import { PaymentStage, type StageOptions } from '../support/payment-stage.ts';

let stage: PaymentStage;
afterEach(() => stage.close());
const begin = async (options: StageOptions = {}): Promise<void> => {
  stage = await PaymentStage.begin(options);
};
const voidInvoice = async (id: string): Promise<void> => {
  await stage.post(`/invoices/${id}/void`);
  await stage.settle();
};

describe('an invoice that is voided', () => {
  it('before its payment is made is never charged', async () => {
    await begin();
    const id = await stage.invoice();
    await voidInvoice(id);
    expect([await stage.payments(id), stage.fake.calls('POST /v1/payment_intents')]).toEqual([[], []]);
  });

  it('while its payment is under way has it canceled', async () => {
    await begin({ methods: ['pm_processing'] });
    const id = await stage.collected();
    await voidInvoice(id);
    const intent = stage.fake.intentsOf(id)[0]!;
    expect([intent.status, intent.cancellation_reason]).toEqual(['canceled', 'abandoned']);
    expect([(await stage.read(id)).status, await stage.payments(id)]).toEqual(['voided', ['failed 1000 canceled']]);
    expect(stage.failureCodes()).toEqual([]);
  });

  it('a moment after Stripe took the money stays void, and the money is recorded', async () => {
    await begin({ methods: ['pm_processing'] });
    const id = await stage.collected();
    stage.fake.resolveIntent(stage.fake.intentsOf(id)[0]!.id, 'succeeded');
    await voidInvoice(id);
    const invoice = await stage.read(id);
    expect([invoice.status, invoice.total_paid_amount_cents, invoice.total_due_amount_cents]).toEqual(['voided', 1000, 0]);
    expect(await stage.payments(id)).toEqual(['succeeded 1000']);
    await stage.hear('webhooks');
    expect([(await stage.read(id)).status, await stage.payments(id)]).toEqual(['voided', ['succeeded 1000']]);
  });

  it('while the answer to its charge is open has the charge looked up, and recorded', async () => {
    await begin({ methods: ['pm_timeout'] });
    const id = await stage.collected();
    await voidInvoice(id);
    expect([(await stage.read(id)).status, await stage.payments(id), stage.fake.intentsOf(id).length]).toEqual([
      'voided',
      ['succeeded 1000'],
      1,
    ]);
  });

  it('while a call that charged nothing is open is not charged later', async () => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', 500);
    const id = await stage.collected();
    await voidInvoice(id);
    stage.pass({ minutes: 2 });
    await stage.settle();
    stage.pass({ hours: 25 });
    await stage.hear('polling');
    expect([await stage.payments(id), stage.fake.intentsOf(id)]).toEqual([['failed 1000 superseded'], []]);
  });

  it('is canceled at Stripe when Stripe can be reached again', async () => {
    await begin({ methods: ['pm_processing'] });
    const id = await stage.collected();
    stage.fake.goOffline(1);
    await voidInvoice(id);
    expect(await stage.payments(id)).toEqual(['processing 1000']);
    stage.pass({ minutes: 1 });
    await stage.settle();
    expect([stage.fake.intentsOf(id)[0]!.status, await stage.payments(id)]).toEqual(['canceled', ['failed 1000 canceled']]);
  });

  it('has its page closed', async () => {
    await begin();
    const id = await stage.invoice({ skipPsp: true });
    const { invoice_payment_details: link } = await stage.post<{ invoice_payment_details: { payment_url: string } }>(
      `/invoices/${id}/payment_url`,
    );
    await voidInvoice(id);
    expect(stage.fake.books.sessions.get(link.payment_url.split('/').at(-1)!)!.status).toBe('expired');
  });
});
