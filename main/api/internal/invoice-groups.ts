import type { FeeGroup, FeeSpan } from '../../../shared/internal/invoices.ts';
import { dateIn, parseInstant } from '../../../shared/dates.ts';
import { cents, centsToWire } from '../../../shared/money.ts';
import type { InvoiceAnswer } from '../../../shared/wire/invoice.ts';
import { groupFees } from '../../invoicing/index.ts';
import type { ServiceContext } from '../../service-context.ts';

/** The lines of an invoice by subscription, with their days in the customer's zone and their sum before tax. */
export function groupsOf(context: ServiceContext, invoice: InvoiceAnswer, timeZone: string): readonly FeeGroup[] {
  const fees = invoice.fees.map((fee) => ({
    id: fee.lago_id,
    subscriptionId: fee.lago_subscription_id,
    amountCents: cents(fee.amount_cents),
  }));
  const feeById = new Map(invoice.fees.map((fee) => [fee.lago_id, fee]));
  return groupFees(context.database.read, fees).map((group) => {
    const period = invoice.billing_periods.find((one) => one.lago_subscription_id === group.subscriptionId);
    return {
      lago_subscription_id: group.subscriptionId,
      external_subscription_id: period?.external_subscription_id ?? null,
      name: group.name,
      subscription_span: spanOf(period?.subscription_from_datetime, period?.subscription_to_datetime, timeZone),
      charges_span: spanOf(period?.charges_from_datetime, period?.charges_to_datetime, timeZone),
      amount_cents: centsToWire(group.amountCents),
      fees: group.feeIds.map((id) => {
        const fee = feeById.get(id);
        return { lago_id: id, span: fee?.item.type === 'add_on' ? null : spanOf(fee?.from_date, fee?.to_date, timeZone) };
      }),
    };
  });
}

function spanOf(from: string | null | undefined, to: string | null | undefined, timeZone: string): FeeSpan | null {
  const start = parseInstant(from);
  const end = parseInstant(to);
  return start === null || end === null ? null : { from: dateIn(start, timeZone).toString(), to: dateIn(end, timeZone).toString() };
}
