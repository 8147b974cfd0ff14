import { readOrganization } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { organizations, type Organization } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { DEFAULT_ORGANIZATION_NAME } from '../workspace/index.ts';

/** The company whose books the sample shows: it sells searching as a service. */
const VENDOR = {
  name: 'Fernhill Search',
  legalName: 'Fernhill Search Ltd',
  legalNumber: '601442',
  taxIdentificationNumber: 'IE6014420F',
  email: 'billing@fernhill.example',
  phone: '+353 1 555 0142',
  addressLine1: '14 Canal Walk',
  city: 'Dublin',
  zipcode: 'D02 X285',
  country: 'IE',
  netPaymentTerm: 14,
  invoiceFooter: 'Questions about this invoice? Write to billing@fernhill.example.',
  documentNumberPrefix: 'FERN',
} as const satisfies Partial<Organization>;

type VendorField = keyof typeof VENDOR;

const VENDOR_FIELDS = Object.keys(VENDOR) as readonly VendorField[];

/** What the organization said of itself before it became the vendor. */
export type KeptOrganization = Pick<Organization, VendorField>;

/** What is given back later; null where the owner has named the organization: then it stays as it is. */
export async function organizationToKeep(context: ServiceContext, tx: Transaction): Promise<KeptOrganization | null> {
  const organization = await readOrganization(tx, context.organizationId);
  if (organization.name !== DEFAULT_ORGANIZATION_NAME) return null;
  return Object.fromEntries(VENDOR_FIELDS.map((field) => [field, organization[field]])) as unknown as KeptOrganization;
}

export async function becomeVendor(context: ServiceContext, tx: Transaction): Promise<void> {
  await updateRows(tx, organizations, { where: { id: context.organizationId }, set: { ...VENDOR, updatedAt: context.clock.now() } });
}

/** What the owner has changed meanwhile stays. */
export async function giveOrganizationBack(context: ServiceContext, tx: Transaction, kept: KeptOrganization): Promise<void> {
  const organization = await readOrganization(tx, context.organizationId);
  const untouched = VENDOR_FIELDS.filter((field) => organization[field] === VENDOR[field]);
  const set = Object.fromEntries(untouched.map((field) => [field, kept[field]]));
  await updateRows(tx, organizations, { where: { id: context.organizationId }, set: { ...set, updatedAt: context.clock.now() } });
}
