import type { FeeGroup } from '../../../shared/internal/invoices.ts';
import { cents, centsToWire } from '../../../shared/money.ts';
import type { InvoiceAnswer } from '../../../shared/wire/invoice.ts';
import { groupFees } from '../../invoicing/index.ts';
import type { ServiceContext } from '../../service-context.ts';

/** The lines of an invoice by subscription, with their days and their sum before tax. */
export function groupsOf(context: ServiceContext, invoice: InvoiceAnswer): readonly FeeGroup[] {
  const fees = invoice.fees.map((fee) => ({
    id: fee.lago_id,
    subscriptionId: fee.lago_subscription_id,
    amountCents: cents(fee.amount_cents),
  }));
  return groupFees(context.database.read, fees).map((group) => {
    const period = invoice.billing_periods.find((one) => one.lago_subscription_id === group.subscriptionId);
    return {
      lago_subscription_id: group.subscriptionId,
      external_subscription_id: period?.external_subscription_id ?? null,
      name: group.name,
      subscription_from_datetime: period?.subscription_from_datetime ?? null,
      subscription_to_datetime: period?.subscription_to_datetime ?? null,
      charges_from_datetime: period?.charges_from_datetime ?? null,
      charges_to_datetime: period?.charges_to_datetime ?? null,
      amount_cents: centsToWire(group.amountCents),
      fee_ids: group.feeIds,
    };
  });
}
