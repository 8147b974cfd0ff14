import type { Announcement, ObjectView, ServiceContext } from '../service-context.ts';

/** Everything that this program announces. Rule: payments-and-webhooks.md § 10. */
export const OWN_TYPES = [
  'billable_metric.created',
  'billable_metric.deleted',
  'billable_metric.updated',
  'credit_note.created',
  'credit_note.generated',
  'credit_note.provider_refund_failure',
  'customer.checkout_url_generated',
  'customer.created',
  'customer.payment_provider_created',
  'customer.payment_provider_error',
  'customer.updated',
  'event.error',
  'events.errors',
  'fee.created',
  'invoice.add_on_added',
  'invoice.created',
  'invoice.drafted',
  'invoice.generated',
  'invoice.one_off_created',
  'invoice.paid_credit_added',
  'invoice.payment_dispute_lost',
  'invoice.payment_failure',
  'invoice.payment_overdue',
  'invoice.payment_status_updated',
  'invoice.ready_to_finalize',
  'invoice.voided',
  'payment.requires_action',
  'payment.succeeded',
  'payment_provider.error',
  'plan.created',
  'plan.deleted',
  'plan.updated',
  'subscription.canceled',
  'subscription.started',
  'subscription.terminated',
  'subscription.termination_alert',
  'subscription.trial_ended',
  'subscription.updated',
  'wallet.created',
  'wallet.depleted_ongoing_balance',
  'wallet.terminated',
  'wallet.updated',
  'wallet_transaction.created',
  'wallet_transaction.payment_failure',
  'wallet_transaction.updated',
] as const;

/** Names that the published client documents beside ours. Nothing here causes them, but a set-up made for Lago may ask for them. */
const OTHER_TYPES = [
  'alert.triggered',
  'credit_note.refund_failure',
  'customer.accounting_provider_created',
  'customer.accounting_provider_error',
  'customer.crm_provider_created',
  'customer.crm_provider_error',
  'customer.tax_provider_error',
  'customer.vies_check',
  'dunning_campaign.finished',
  'feature.created',
  'feature.deleted',
  'feature.updated',
  'fee.tax_provider_error',
  'integration.provider_error',
  'invoice.deleted',
  'invoice.resynced',
  'order.created',
  'order.executed',
  'order_form.created',
  'order_form.expired',
  'order_form.signed',
  'order_form.voided',
  'payment_receipt.created',
  'payment_receipt.generated',
  'payment_request.created',
  'payment_request.payment_failure',
  'payment_request.payment_status_updated',
  'quote.approved',
  'quote.created',
  'quote.voided',
  'subscription.incomplete',
  'subscription.usage_threshold_reached',
] as const;

export type WebhookType = (typeof OWN_TYPES)[number];

const KNOWN_TYPES: ReadonlySet<string> = new Set([...OWN_TYPES, ...OTHER_TYPES]);
const EVERY_TYPE = '*';

/** Whether an endpoint may ask for messages of this name. */
export function isKnownEventType(name: string): boolean {
  return name === EVERY_TYPE || KNOWN_TYPES.has(name);
}

/** Whether an endpoint with this list wants a message. No list, or one with `*`, stands for all. */
export function isWanted(eventTypes: readonly string[] | null, type: string): boolean {
  return eventTypes === null || eventTypes.includes(EVERY_TYPE) || eventTypes.includes(type);
}

/**
 * Writes an announced object as the API would answer it in that moment. `context` reads through the open transaction and its clock stands at
 * the moment of the announcement. Null when there is no such object.
 */
export type PayloadBuilder = (context: ServiceContext, announced: AnnouncedObject) => Promise<ObjectView | null>;

export type AnnouncedObject = Pick<Announcement, 'objectId' | 'object'> & {
  /** Absent when an object is only looked at, to know later whether it has changed. */
  readonly type?: string;
  /** The program's own address: absolute links begin with it. */
  readonly baseUrl: string;
};

/** By the name under which the object stands in the message. */
export type PayloadBuilders = Readonly<Record<string, PayloadBuilder>>;

export interface Message {
  readonly webhookType: string;
  readonly objectType: string;
  readonly organizationId: string;
  readonly object: ObjectView;
}

/** The body of a message: its keys have one order, since it is signed as it stands. */
export function messageBody({ webhookType, objectType, organizationId, object }: Message): string {
  return JSON.stringify({
    webhook_type: webhookType,
    object_type: objectType,
    organization_id: organizationId,
    [objectType]: object,
  });
}
