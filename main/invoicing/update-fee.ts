import { invalid, notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { deleteRows, updateRows } from '../database/rows.ts';
import { fees, type FeePaymentStatus } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** Whether a fee without an invoice was paid. Rule: api.md § 9. */
export function updateFee(
  context: ServiceContext,
  id: string,
  change: { readonly paymentStatus?: FeePaymentStatus | 'invalid' },
): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('update fee', async (tx) => {
    const found = await findOpenFee(context, tx, id);
    if (!found.ok) return found;
    const { paymentStatus } = change;
    if (paymentStatus === 'invalid') return invalid({ payment_status: ['value_is_invalid'] });
    if (paymentStatus === undefined || paymentStatus === found.value.paymentStatus) return ok({ id });
    const now = context.clock.now();
    await updateRows(tx, fees, {
      where: { id },
      set: {
        paymentStatus,
        ...(paymentStatus === 'succeeded' ? { succeededAt: now } : {}),
        ...(paymentStatus === 'failed' ? { failedAt: now } : {}),
        ...(paymentStatus === 'refunded' ? { refundedAt: now } : {}),
      },
    });
    return ok({ id });
  });
}

/** Takes back a fee that is on no invoice. Rule: api.md § 9. */
export function deleteFee(context: ServiceContext, id: string): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('delete fee', async (tx) => {
    const found = await findOpenFee(context, tx, id);
    if (!found.ok) return found;
    await deleteRows(tx, fees, { id });
    return ok({ id });
  });
}

/** What is on an invoice is that invoice's to change. */
async function findOpenFee(
  context: ServiceContext,
  tx: Transaction,
  id: string,
): Promise<Result<{ readonly paymentStatus: FeePaymentStatus }>> {
  const fee = await tx.manager.findOne(fees, {
    select: { id: true, invoiceId: true, paymentStatus: true },
    where: { id, organizationId: context.organizationId },
  });
  if (fee === null) return notFound('fee');
  return fee.invoiceId === null ? ok(fee) : notAllowed('invoiced_fee');
}
