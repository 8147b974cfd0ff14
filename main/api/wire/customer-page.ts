import { formatInstant, Temporal } from '../../../shared/dates.ts';
import { centsToWire } from '../../../shared/money.ts';
import type {
  AppliedAddOnRow,
  CustomerDeletionAnswer,
  CustomerLocksAnswer,
  CustomerRow,
  CustomerSubscriptionAnswer,
  NextInvoiceAnswer,
  TimelineKind,
  TimelineRow,
  UnpaidAnswer,
} from '../../../shared/internal/customers.ts';
import type { CustomerLocks, CustomerWithUnpaid, ListedAddOnFee, TimelineEntry, UnpaidSum } from '../../customers/index.ts';
import type { CustomerDeletion, EndedSubscription, LivingSubscription, NextInvoice } from '../../subscriptions/index.ts';

// What the customers' screens are answered.

function timeOfMs(ms: number): string {
  return formatInstant(Temporal.Instant.fromEpochMilliseconds(ms));
}

export function serializeCustomerRow(row: CustomerWithUnpaid): CustomerRow {
  return {
    lago_id: row.id,
    external_id: row.externalId,
    name: row.name,
    email: row.email,
    currency: row.currency,
    country: row.country,
    active_subscriptions: row.activeSubscriptions,
    unpaid: row.unpaid.map(serializeUnpaid),
    created_at: timeOfMs(row.createdAtMs),
  };
}

export function serializeUnpaid(sum: UnpaidSum): UnpaidAnswer {
  return {
    currency: sum.currency,
    amount_cents: sum.amountCents,
    overdue_amount_cents: sum.overdueAmountCents,
    invoices_count: sum.invoicesCount,
  };
}

export function serializeLocks(locks: CustomerLocks): CustomerLocksAnswer {
  return { external_id: locks.externalId, currency: locks.currency };
}

export function serializeLivingSubscription({ subscription, plan }: LivingSubscription): CustomerSubscriptionAnswer {
  const isActive = subscription.status === 'active';
  return {
    lago_id: subscription.id,
    external_id: subscription.externalId,
    name: subscription.name,
    status: isActive ? 'active' : 'pending',
    plan: { lago_id: plan.parentId ?? plan.id, code: plan.code, name: plan.name },
    started_at: subscription.startedAt === null ? null : formatInstant(subscription.startedAt),
    starts_at: isActive || subscription.nextBillingAt === null ? null : formatInstant(subscription.nextBillingAt),
    is_parked: subscription.parkedAt !== null,
  };
}

export function serializeNextInvoice({ subscriptionId, invoice }: NextInvoice): NextInvoiceAnswer {
  return {
    lago_subscription_id: subscriptionId,
    invoice:
      invoice === null
        ? null
        : {
            issuing_date: invoice.issuingDate.toString(),
            currency: invoice.currency,
            total_amount_cents: centsToWire(invoice.totalAmountCents),
          },
  };
}

export function serializeTimelineEntry(entry: TimelineEntry): TimelineRow {
  return {
    kind: entry.kind as TimelineKind,
    at: timeOfMs(entry.atMs),
    object_id: entry.objectId,
    title: entry.title,
    detail: entry.detail,
    amount_cents: entry.amountCents,
    currency: entry.currency,
    status: entry.status,
  };
}

export function serializeAddOnFee(fee: ListedAddOnFee): AppliedAddOnRow {
  return {
    lago_fee_id: fee.id,
    name: fee.name,
    code: fee.code,
    units: fee.units,
    amount_cents: fee.amountCents,
    currency: fee.currency,
    invoice: { lago_id: fee.invoiceId, number: fee.invoiceNumber, status: fee.invoiceStatus, issuing_date: fee.issuingDate },
    created_at: timeOfMs(fee.createdAtMs),
  };
}

export function serializeDeletion(deletion: CustomerDeletion): CustomerDeletionAnswer {
  const named = ({ externalId, name, planName }: EndedSubscription) => ({ external_id: externalId, name, plan_name: planName });
  return {
    ended_subscriptions: deletion.ended.map(named),
    canceled_subscriptions: deletion.canceled.map(named),
    invoices: deletion.invoices.map(({ currency, totalAmountCents, feesAmountCents }) => ({
      currency,
      total_amount_cents: centsToWire(totalAmountCents),
      fees_amount_cents: centsToWire(feesAmountCents),
    })),
    credit_notes: deletion.creditNotes.map(({ currency, totalAmountCents }) => ({
      currency,
      total_amount_cents: centsToWire(totalAmountCents),
    })),
    ended_coupons: deletion.endedCoupons,
    ended_wallets: deletion.endedWallets.map(({ name, code, currency, balanceCents }) => ({
      name: name ?? code,
      currency,
      balance_cents: centsToWire(balanceCents),
    })),
  };
}
