import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant } from '../../../shared/dates.ts';
import type { Cents } from '../../../shared/money.ts';
import {
  booleanColumn,
  centsColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  jsonColumn,
  nullableInstant,
  nullableInteger,
  nullableJson,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

/** A payment provider's account, its secrets sealed. */
export interface PaymentProvider {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly type: 'stripe';
  readonly code: string;
  readonly name: string;
  /** Sealed; null where the key comes from the environment. */
  readonly secretKeySealed: string | null;
  readonly secretKeyLast4: string | null;
  readonly mode: 'test' | 'live';
  readonly webhookSecretSealed: string | null;
  readonly successRedirectUrl: string | null;
  readonly supports3ds: boolean;
  /** Whether new customers that name no provider are made at this one too. */
  readonly createsCustomers: boolean;
  readonly isVerified: boolean;
  /** Creation time, in seconds, of the newest provider event that was applied. */
  readonly eventCursor: number | null;
  /** Which machine and folder the books were on when what Stripe knows was last taken over; elsewhere, that comes first. */
  readonly home: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const paymentProviders = defineTable<PaymentProvider>('payment_providers', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  type: text,
  code: text,
  name: text,
  secretKeySealed: nullableText,
  secretKeyLast4: nullableText,
  mode: text,
  webhookSecretSealed: nullableText,
  successRedirectUrl: nullableText,
  supports3ds: booleanColumn,
  createsCustomers: booleanColumn,
  isVerified: booleanColumn,
  eventCursor: nullableInteger,
  home: text,
  createdAt: instantColumn,
  updatedAt: instantColumn,
});

export type PayablePaymentStatus = 'pending' | 'processing' | 'succeeded' | 'failed';

/** One attempt to collect one invoice, or a payment that a person recorded. */
export interface Payment {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly customerId: string;
  readonly invoiceId: string;
  readonly paymentType: 'manual' | 'provider';
  readonly amountCents: Cents;
  readonly currency: CurrencyCode;
  /** The provider's own word; `succeeded` for manual payments. */
  readonly status: string;
  readonly payablePaymentStatus: PayablePaymentStatus;
  readonly reference: string | null;
  readonly providerCode: string | null;
  readonly providerCustomerId: string | null;
  readonly providerPaymentId: string | null;
  readonly providerPaymentMethodId: string | null;
  readonly nextAction: unknown;
  readonly errorCode: string | null;
  /** Number of the attempt within the invoice, never used again: part of the idempotency key. */
  readonly attempt: number | null;
  /** The exact body of the call, sent again unchanged. */
  readonly requestBody: unknown;
  /** Calls made with this body; the SDK's own repetitions are not counted. */
  readonly tries: number;
  /** When the call was made first, on the real clock: the provider remembers its key for a day. Null: it was never made. */
  readonly sentAt: Instant | null;
  /** When the row is looked at again, on the real clock; null once nothing is open. */
  readonly nextTryAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const payments = defineTable<Payment>('payments', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  customerId: text,
  invoiceId: text,
  paymentType: text,
  amountCents: centsColumn,
  currency: text,
  status: text,
  payablePaymentStatus: text,
  reference: nullableText,
  providerCode: nullableText,
  providerCustomerId: nullableText,
  providerPaymentId: nullableText,
  providerPaymentMethodId: nullableText,
  nextAction: nullableJson,
  errorCode: nullableText,
  attempt: nullableInteger,
  requestBody: nullableJson,
  tries: integer,
  sentAt: nullableInstant,
  nextTryAt: nullableInstant,
  createdAt: instantColumn,
  updatedAt: instantColumn,
});

/** Money on its way back: what one payment returns for one credit note. */
export interface Refund {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly creditNoteId: string;
  readonly paymentId: string;
  readonly amountCents: Cents;
  readonly currency: CurrencyCode;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly providerCode: string;
  readonly providerRefundId: string | null;
  /** Sent with every call of this refund: the credit note's id, and a number when several payments share it. */
  readonly idempotencyKey: string;
  /** The exact body of the call, sent again unchanged. */
  readonly requestBody: unknown;
  readonly errorCode: string | null;
  readonly tries: number;
  /** When the call was made first, on the real clock. Null: it was never made. */
  readonly sentAt: Instant | null;
  /** On the real clock; null once nothing is open. */
  readonly nextTryAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const refunds = defineTable<Refund>('refunds', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  creditNoteId: text,
  paymentId: text,
  amountCents: centsColumn,
  currency: text,
  status: text,
  providerCode: text,
  providerRefundId: nullableText,
  idempotencyKey: text,
  requestBody: jsonColumn,
  errorCode: nullableText,
  tries: integer,
  sentAt: nullableInstant,
  nextTryAt: nullableInstant,
  createdAt: instantColumn,
  updatedAt: instantColumn,
});

/** A provider's event, kept once by its id whichever way it came. */
export interface ProviderEvent {
  readonly id: string;
  readonly sequence: number;
  readonly providerId: string;
  readonly eventType: string;
  readonly payload: unknown;
  readonly receivedAt: Instant;
  readonly processedAt: Instant | null;
}

export const providerEvents = defineTable<ProviderEvent>('provider_events', {
  id: idColumn,
  sequence: sequenceColumn,
  providerId: text,
  eventType: text,
  payload: nullableJson,
  receivedAt: instantColumn,
  processedAt: nullableInstant,
});

/** A hosted payment page of one invoice. */
export interface PaymentLink {
  readonly id: string;
  readonly sequence: number;
  readonly invoiceId: string;
  readonly providerCode: string;
  readonly sessionId: string | null;
  readonly url: string | null;
  readonly amountCents: Cents;
  readonly status: 'open' | 'expired' | 'completed';
  /** All three on the real clock. */
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** When it is looked at again; null once it is closed. */
  readonly nextCheckAt: Instant | null;
}

export const paymentLinks = defineTable<PaymentLink>('payment_links', {
  id: idColumn,
  sequence: sequenceColumn,
  invoiceId: text,
  providerCode: text,
  sessionId: nullableText,
  url: nullableText,
  amountCents: centsColumn,
  status: text,
  createdAt: instantColumn,
  expiresAt: instantColumn,
  nextCheckAt: nullableInstant,
});
