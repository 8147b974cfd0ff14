import { readOwnedTaxes } from '../catalog/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { customerTaxes, type Tax } from '../database/tables/catalog.ts';
import type { InvoiceCustomSection } from '../database/tables/custom-sections.ts';
import type { Customer, CustomerMetadata } from '../database/tables/customers.ts';
import { customerTimeZone, readOrganization } from './applicable-taxes.ts';
import { readCustomersMetadata } from './customer-metadata.ts';
import { applicableSections } from './customer-sections.ts';

/** A customer with everything that belongs to it. */
export interface CustomerDetails {
  readonly customer: Customer;
  readonly metadata: readonly CustomerMetadata[];
  /** Its own ones. */
  readonly taxes: readonly Tax[];
  /** Its own zone, else the organization's. */
  readonly timeZone: string;
  /** Those that its documents carry. */
  readonly customSections: readonly InvoiceCustomSection[];
}

/** Customers, deleted or not, with what belongs to them, in the order given. */
export async function readCustomersDetails(
  db: ReadDatabase,
  organizationId: string,
  rows: readonly Customer[],
): Promise<readonly CustomerDetails[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map((customer) => customer.id))];
  const organization = await readOrganization(db, organizationId);
  const metadata = await readCustomersMetadata(db, ids);
  const taxes = await readOwnedTaxes(db, customerTaxes, ids);
  const sections = await applicableSections(db, organizationId, rows);
  return rows.map((customer) => ({
    customer,
    metadata: metadata.get(customer.id) ?? [],
    taxes: taxes.get(customer.id) ?? [],
    timeZone: customerTimeZone(customer, organization),
    customSections: sections.get(customer.id) ?? [],
  }));
}
