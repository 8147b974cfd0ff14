import type { FinalizePreviewAnswer, VoidPreviewAnswer } from '../../../shared/internal/effects.ts';
import { centsToWire, subtractCents } from '../../../shared/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { finalizeInvoice, readInvoiceDetail, voidInvoice, type VoidOptions } from '../../invoicing/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { previewEffects } from '../../subscriptions/index.ts';
import { serializePreviewedInvoice, serializePreviewedNote } from './previewed.ts';

/** A draft as it would be when it is made final today: with coupons, credit notes and wallet credits, and the usage known now. */
export async function previewFinalization(context: ServiceContext, id: string): Promise<Result<FinalizePreviewAnswer>> {
  const found = await readInvoiceDetail(context, id);
  if (!found.ok) return found;
  const tried = await previewEffects(context, {
    customerId: found.value.invoice.customerId,
    command: async (inside) => {
      const finalized = await finalizeInvoice(inside, id);
      return finalized.ok ? readInvoiceDetail(inside, id) : finalized;
    },
  });
  if (!tried.ok) return tried;
  return ok({ invoice: serializePreviewedInvoice({ detail: tried.value.done, draftUntil: null, origins: new Map() }) });
}

/** What voiding gives back. */
export async function previewVoiding(context: ServiceContext, id: string, options: VoidOptions): Promise<Result<VoidPreviewAnswer>> {
  const found = await readInvoiceDetail(context, id);
  if (!found.ok) return found;
  const { invoice, credits } = found.value;
  const tried = await previewEffects(context, {
    customerId: invoice.customerId,
    command: (inside) => voidInvoice(inside, id, options),
  });
  if (!tried.ok) return tried;
  const prepaid = options.generatesCreditNote ? 0 : centsToWire(invoice.prepaidCreditAmountCents);
  const due = subtractCents(invoice.totalAmountCents, invoice.totalPaidAmountCents, invoice.totalOffsettedCreditNoteAmountCents);
  return ok({
    credit_notes: tried.value.notes.map(serializePreviewedNote),
    gives_back: {
      currency: invoice.currency,
      coupons: credits
        .filter(({ item }) => item.type === 'coupon')
        .map(({ credit, item }) => ({ name: item.name, amount_cents: centsToWire(credit.amountCents) })),
      prepaid_credit_amount_cents: prepaid,
    },
    total_due_amount_cents: centsToWire(due),
  });
}
