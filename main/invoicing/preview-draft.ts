import { addCents, type Cents } from '../../shared/money.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { ServiceContext } from '../service-context.ts';
import { finalizeInvoice } from './finalize-invoice.ts';
import { previewAndUndo } from './preview-invoice.ts';

/** What several drafts would come to if they were finalized one after the other: a coupon that one uses up is gone for the next. */
export async function previewFinalizations(context: ServiceContext, ids: readonly string[]): Promise<Result<readonly Invoice[]>> {
  const previewed = await previewAndUndo<readonly Invoice[]>(context, async (inside) => {
    const finalized: Invoice[] = [];
    for (const id of ids) {
      const one = await finalizeInvoice(inside, id);
      if (!one.ok) return one;
      finalized.push(one.value);
    }
    return ok(finalized);
  });
  return previewed.ok ? ok(previewed.value.shown) : previewed;
}

/** The totals of invoices by currency, in the order in which the currencies come up. */
export function totalsByCurrency(
  rows: readonly Pick<Invoice, 'currency' | 'totalAmountCents'>[],
): readonly { readonly currency: Invoice['currency']; readonly totalAmountCents: Cents; readonly count: number }[] {
  return [...Map.groupBy(rows, (row) => row.currency)].map(([currency, ofCurrency]) => ({
    currency,
    totalAmountCents: addCents(...ofCurrency.map((row) => row.totalAmountCents)),
    count: ofCurrency.length,
  }));
}
