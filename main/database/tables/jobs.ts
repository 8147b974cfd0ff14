import type { Instant } from '../../../shared/dates.ts';
import { defineTable, idColumn, instantColumn, integer, nullableText, sequenceColumn, text } from '../columns.ts';

/** Work to do after a commit, written in the transaction that causes it. */
export interface Job {
  readonly id: string;
  readonly sequence: number;
  readonly kind:
    | 'invoice_document'
    | 'credit_note_document'
    | 'collect_invoice'
    | 'cancel_payment'
    | 'close_payment_link'
    | 'provider_customer'
    | 'provider_setup_link'
    | 'provider_refund'
    | 'provider_event';
  readonly subjectId: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Instant;
}

export const jobs = defineTable<Job>('jobs', {
  id: idColumn,
  sequence: sequenceColumn,
  kind: text,
  subjectId: text,
  attempts: integer,
  lastError: nullableText,
  createdAt: instantColumn,
});
