import { z } from 'zod';

/** First instant of the month, `2023-01-01T00:00:00.000Z`. */
const month = z.iso.datetime();
const cents = z.int();
const currency = z.string();
/** The one billing entity: the organization. */
const entity = { billing_entity_id: z.uuid() };

export const grossRevenueAnswer = z.object({ month, amount_cents: cents, currency, invoices_count: z.int(), ...entity });
export const mrrAnswer = z.object({ month, amount_cents: cents, currency });
export const invoicedUsageAnswer = z.object({ month, code: z.string(), currency, amount_cents: cents });
export const invoiceCollectionAnswer = z.object({
  month,
  payment_status: z.enum(['pending', 'succeeded', 'failed']),
  invoices_count: z.int(),
  amount_cents: cents,
  currency,
});
export const overdueBalanceAnswer = z.object({ month, amount_cents: cents, currency, lago_invoice_ids: z.array(z.uuid()), ...entity });
