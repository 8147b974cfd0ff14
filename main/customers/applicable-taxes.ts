import { present } from '../../shared/assert.ts';
import { readOwnedTaxes } from '../catalog/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { remembered } from '../database/remembered.ts';
import { findRow, findRows } from '../database/rows.ts';
import { customerTaxes, taxes, type Tax } from '../database/tables/catalog.ts';
import type { Customer } from '../database/tables/customers.ts';
import { organizations, type Organization } from '../database/tables/organizations.ts';

/** Whose books these are. */
export function readOrganization(db: ReadDatabase, organizationId: string): Promise<Organization> {
  return remembered(db, 'organization', () =>
    Promise.resolve(present(findRow(db, organizations, { id: organizationId }), 'the organization of a request exists')),
  );
}

/** The zone that decides the customer's days and boundaries: its own, else the organization's. Rule: subscriptions.md § 10. */
export function customerTimeZone(customer: Pick<Customer, 'timezone'>, organization: Pick<Organization, 'timezone'>): string {
  return customer.timezone ?? organization.timezone;
}

/** The customer's own taxes, in the order given. */
export async function readCustomerTaxes(db: ReadDatabase, customerId: string): Promise<readonly Tax[]> {
  return (await readOwnedTaxes(db, customerTaxes, [customerId])).get(customerId) ?? [];
}

/** Taxes that apply to every customer without own ones. */
export function readOrganizationTaxes(db: ReadDatabase, organizationId: string): Promise<readonly Tax[]> {
  return remembered(db, 'organization taxes', () =>
    Promise.resolve(findRows(db, taxes, { organizationId, appliedToOrganization: true, deletedAt: null })),
  );
}

/** Taxes of a fee that has none from its charge or plan: the customer's, else the organization's. Rule: invoicing.md § 6. */
export async function applicableTaxes(db: ReadDatabase, customer: Pick<Customer, 'id' | 'organizationId'>): Promise<readonly Tax[]> {
  const own = await readCustomerTaxes(db, customer.id);
  return own.length > 0 ? own : readOrganizationTaxes(db, customer.organizationId);
}
