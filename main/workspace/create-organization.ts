import { currencyCode } from '../../shared/currency.ts';
import { insertRow, type NewRow } from '../database/rows.ts';
import { organizations, type Organization } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

/** Until its owner gives it another one. */
export const DEFAULT_ORGANIZATION_NAME = 'My organization';

/** The company whose books a new workspace keeps, until its owner says more about it. Answers its id. */
export async function createOrganization(tx: Transaction, ports: { readonly clock: Clock; readonly random: Random }): Promise<string> {
  const id = ports.random.uuid();
  const now = ports.clock.now();
  const organization: NewRow<Organization> = {
    id,
    name: DEFAULT_ORGANIZATION_NAME,
    slug: null,
    defaultCurrency: currencyCode('USD'),
    timezone: 'UTC',
    country: null,
    addressLine1: null,
    addressLine2: null,
    state: null,
    zipcode: null,
    city: null,
    email: null,
    phone: null,
    legalName: null,
    legalNumber: null,
    taxIdentificationNumber: null,
    logoFile: null,
    netPaymentTerm: 0,
    invoiceGracePeriod: 0,
    invoiceFooter: null,
    documentLocale: 'en',
    documentNumbering: 'per_customer',
    documentNumberPrefix: defaultNumberPrefix(DEFAULT_ORGANIZATION_NAME, id),
    finalizeZeroAmountInvoice: true,
    emailSettings: [],
    createdAt: now,
    updatedAt: now,
  };
  await insertRow(tx, organizations, organization);
  return id;
}

/** `My organization` with an id that ends in 3f9c → `MYO-3F9C`. Rule: invoicing.md § 2 "Number". */
export function defaultNumberPrefix(name: string, id: string): string {
  const letters = name.replaceAll(/[^\p{L}]/gu, '').slice(0, 3);
  return `${letters}-${id.slice(-4)}`.toUpperCase();
}
