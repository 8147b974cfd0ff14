import type { Instant } from '../../../shared/dates.ts';
import {
  booleanColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  nullableInstant,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

/** A passage of text that documents carry above their footer. */
export interface InvoiceCustomSection {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly code: string;
  readonly name: string;
  /** For whoever keeps the sections; never printed. */
  readonly description: string | null;
  /** What is printed above the text; the name without one. */
  readonly displayName: string | null;
  readonly details: string | null;
  readonly appliedToOrganization: boolean;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
}

export const invoiceCustomSections = defineTable<InvoiceCustomSection>('invoice_custom_sections', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  code: text,
  name: text,
  description: nullableText,
  displayName: nullableText,
  details: nullableText,
  appliedToOrganization: booleanColumn,
  createdAt: instantColumn,
  deletedAt: nullableInstant,
});

/** A section chosen for one customer instead of the organization's. */
export interface CustomerCustomSection {
  readonly customerId: string;
  readonly sectionId: string;
  /** In the order in which they were chosen. */
  readonly position: number;
}

export const customerCustomSections = defineTable<CustomerCustomSection>('customer_custom_sections', {
  customerId: { ...text, primary: true },
  sectionId: { ...text, primary: true },
  position: integer,
});

/** A section as it was when an invoice became final. */
export interface AppliedCustomSection {
  readonly id: string;
  readonly sequence: number;
  readonly invoiceId: string;
  readonly code: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly details: string | null;
  readonly createdAt: Instant;
}

export const appliedCustomSections = defineTable<AppliedCustomSection>('applied_custom_sections', {
  id: idColumn,
  sequence: sequenceColumn,
  invoiceId: text,
  code: text,
  name: text,
  displayName: nullableText,
  details: nullableText,
  createdAt: instantColumn,
});
