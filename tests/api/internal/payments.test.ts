import { afterEach, expect, test } from 'vitest';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { PaymentFacts, PaymentRow } from '../../../shared/internal/payments.ts';
import { askInternal } from '../../support/internal-client.ts';
import { PaymentStage } from '../../support/payment-stage.ts';

let stage: PaymentStage;
afterEach(() => stage.close());

async function read<Answer>(path: string): Promise<Answer> {
  const answer = await askInternal<Answer>(stage.app, path);
  expect(answer.status, path).toBe(200);
  return answer.body;
}

test('a declined payment is listed with its reason, and can be retried', async () => {
  stage = await PaymentStage.begin({ methods: ['pm_decline'] });
  const id = await stage.collected();
  const page = await read<ListAnswer<PaymentRow>>('/lists/payments?payment_status=failed');
  expect(page.rows).toMatchObject([
    { type: 'provider', amount_cents: 1000, error_code: 'card_declined', invoice: { lago_id: id }, customer: { name: 'Acme' } },
  ]);
  const facts = await read<PaymentFacts>(`/payments/${page.rows[0]!.lago_id}`);
  expect(facts).toMatchObject({
    payment: { error_code: 'card_declined' },
    invoice: { payment_status: 'failed', total_due_amount_cents: 1000 },
    retry_refusal: null,
    refunds: [],
  });
  const invoice = await read<InvoiceFacts>(`/invoices/${id}`);
  expect(invoice.actions).toMatchObject({ retry_payment: null, payment_link: null, record_payment: null, void: null });
  expect(invoice.time_line.filter(({ kind }) => kind === 'payment_failed').map(({ code }) => code)).toEqual(['card_declined']);
  expect((await read<ListAnswer<PaymentRow>>('/lists/payments?payment_status=succeeded')).total).toBe(0);
});

test('while a provider works on a payment nobody else may', async () => {
  stage = await PaymentStage.begin({ methods: ['pm_processing'] });
  const id = await stage.collected();
  const { actions } = await read<InvoiceFacts>(`/invoices/${id}`);
  const busy = 'payment_processor_is_currently_handling_payment';
  expect(actions).toMatchObject({ retry_payment: busy, record_payment: busy, payment_link: busy });
});

test('payments are found by what people know of them', async () => {
  stage = await PaymentStage.begin();
  const id = await stage.collected();
  const { number } = await stage.read(id);
  for (const search of [number, 'acme', 'pi_']) {
    expect((await read<ListAnswer<PaymentRow>>(`/lists/payments?search=${search}`)).rows.map((row) => row.invoice.lago_id)).toEqual([id]);
  }
  expect((await read<ListAnswer<PaymentRow>>('/lists/payments?search=nobody')).rows).toEqual([]);
  expect((await read<ListAnswer<PaymentRow>>('/lists/payments?created_from=2023-03-02')).rows).toEqual([]);
  expect((await read<ListAnswer<PaymentRow>>('/lists/payments?created_to=2023-03-01&type=provider&sort=amount_cents')).total).toBe(1);
});
