import { dateIn, type Instant } from '../../shared/dates.ts';
import type { Customer } from '../customers/index.ts';
import type { Organization } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';

const PADDING = 3;

/** What an invoice is called once it is finalized. */
export interface InvoiceNumber {
  readonly number: string;
  readonly sequentialId: number;
  readonly organizationSequentialId: number;
}

const padded = (counter: number): string => counter.toString().padStart(PADDING, '0');

/** A draft's number until it gets its own. */
export function draftNumber(organization: Organization): string {
  return `${organization.documentNumberPrefix}-DRAFT`;
}

/**
 * The next number, in the transaction of the finalization: counters are max + 1 under a unique index, so a rolled-back finalization leaves no
 * gap. Both counters go on in either mode. Rule: invoicing.md § 2 "Number".
 */
export function nextInvoiceNumber(
  tx: Transaction,
  of: { readonly organization: Organization; readonly customer: Customer; readonly finalizedAt: Instant },
): InvoiceNumber {
  const { organization, customer } = of;
  const sequentialId = next(tx, `SELECT MAX("sequential_id") AS "last" FROM "invoices" WHERE "customer_id" = ?`, customer.id);
  const organizationSequentialId = next(
    tx,
    `SELECT MAX("organization_sequential_id") AS "last" FROM "invoices" WHERE "organization_id" = ?`,
    organization.id,
  );
  const counters = { customerSequentialId: customer.sequentialId, sequentialId, organizationSequentialId };
  return { number: numberText(organization, of.finalizedAt, counters), sequentialId, organizationSequentialId };
}

/** How a number is written. */
export function numberText(
  organization: Organization,
  finalizedAt: Instant,
  counters: { readonly customerSequentialId: number; readonly sequentialId: number; readonly organizationSequentialId: number },
): string {
  const prefix = organization.documentNumberPrefix;
  if (organization.documentNumbering === 'per_customer')
    return `${prefix}-${padded(counters.customerSequentialId)}-${padded(counters.sequentialId)}`;
  const month = dateIn(finalizedAt, organization.timezone).toPlainYearMonth().toString().replace('-', '');
  return `${prefix}-${month}-${padded(counters.organizationSequentialId)}`;
}

/** `<invoice number>-CN001`, counted per invoice. Rule: invoicing.md § 7. */
export function creditNoteNumber(invoiceNumber: string, sequentialId: number): string {
  return `${invoiceNumber}-CN${padded(sequentialId)}`;
}

function next(tx: Transaction, sql: string, id: string): number {
  return (tx.select<{ last: number | null }>(sql).get(id)?.last ?? 0) + 1;
}
