import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant, PlainDate } from '../../../shared/dates.ts';
import type { Decimal } from '../../../shared/decimal.ts';
import type { Cents } from '../../../shared/money.ts';
import {
  centsColumn,
  dateColumn,
  decimalColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  jsonColumn,
  nullableInstant,
  nullableJson,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';
import type { AppliedTax } from './invoices.ts';

export type CreditNoteStatus = 'available' | 'consumed' | 'voided';
export type RefundStatus = 'pending' | 'succeeded' | 'failed';
export type CreditNoteReason =
  'duplicated_charge' | 'product_unsatisfactory' | 'order_change' | 'order_cancellation' | 'fraudulent_charge' | 'other';

export interface CreditNote {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly customerId: string;
  readonly invoiceId: string;
  /** Counter within the invoice. */
  readonly sequentialId: number;
  readonly number: string;
  /** `draft` is hidden: the note of a termination whose invoice is still a draft. */
  readonly status: 'draft' | 'finalized';
  readonly issuingDate: PlainDate;
  readonly creditStatus: CreditNoteStatus | null;
  readonly refundStatus: RefundStatus | null;
  readonly reason: CreditNoteReason;
  readonly description: string | null;
  readonly currency: CurrencyCode;
  readonly totalAmountCents: Cents;
  readonly preciseTotalAmountCents: Decimal;
  readonly taxesAmountCents: Cents;
  readonly preciseTaxesAmountCents: Decimal;
  readonly taxesRate: Decimal;
  readonly subTotalExcludingTaxesAmountCents: Cents;
  readonly couponsAdjustmentAmountCents: Cents;
  readonly preciseCouponsAdjustmentAmountCents: Decimal;
  readonly creditAmountCents: Cents;
  readonly refundAmountCents: Cents;
  readonly offsetAmountCents: Cents;
  readonly balanceAmountCents: Cents;
  readonly appliedTaxes: readonly AppliedTax[];
  readonly metadata: Readonly<Record<string, string | null>> | null;
  /** What a hidden note is recomputed from: the subscription's termination. */
  readonly termination: unknown;
  readonly snapshot: unknown;
  readonly documentFile: string | null;
  readonly documentToken: string;
  readonly voidedAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const creditNotes = defineTable<CreditNote>('credit_notes', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  customerId: text,
  invoiceId: text,
  sequentialId: integer,
  number: text,
  status: text,
  issuingDate: dateColumn,
  creditStatus: nullableText,
  refundStatus: nullableText,
  reason: text,
  description: nullableText,
  currency: text,
  totalAmountCents: centsColumn,
  preciseTotalAmountCents: decimalColumn,
  taxesAmountCents: centsColumn,
  preciseTaxesAmountCents: decimalColumn,
  taxesRate: decimalColumn,
  subTotalExcludingTaxesAmountCents: centsColumn,
  couponsAdjustmentAmountCents: centsColumn,
  preciseCouponsAdjustmentAmountCents: decimalColumn,
  creditAmountCents: centsColumn,
  refundAmountCents: centsColumn,
  offsetAmountCents: centsColumn,
  balanceAmountCents: centsColumn,
  appliedTaxes: jsonColumn,
  metadata: nullableJson,
  termination: nullableJson,
  snapshot: nullableJson,
  documentFile: nullableText,
  documentToken: text,
  voidedAt: nullableInstant,
  createdAt: instantColumn,
  updatedAt: instantColumn,
});

export interface CreditNoteItem {
  readonly id: string;
  readonly sequence: number;
  readonly creditNoteId: string;
  readonly feeId: string;
  readonly amountCents: Cents;
  readonly preciseAmountCents: Decimal;
  readonly currency: CurrencyCode;
}

export const creditNoteItems = defineTable<CreditNoteItem>('credit_note_items', {
  id: idColumn,
  sequence: sequenceColumn,
  creditNoteId: text,
  feeId: text,
  amountCents: centsColumn,
  preciseAmountCents: decimalColumn,
  currency: text,
});
