import { In } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { findTaxesByCodes, writeOwnedTaxes } from '../catalog/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow, insertRow, updateRows, type NewRow } from '../database/rows.ts';
import { customerTaxes } from '../database/tables/catalog.ts';
import { customers, subscriptions, type Customer } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { Announcement, ServiceContext } from '../service-context.ts';
import { readOrganization } from './applicable-taxes.ts';
import { attributesOf, type CustomerInput } from './customer-input.ts';
import { metadataErrors, writeCustomerMetadata } from './customer-metadata.ts';
import { findSectionsByCodes, sectionChoiceErrors, writeCustomerSections } from './customer-sections.ts';
import { applyCustomerVatRate } from './customer-vat-rate.ts';
import { endCoupons } from './end-coupons.ts';
import { providerAttributesOf } from './provider-attributes.ts';

/** The living customer with this external id; case matters. */
export function findCustomer(db: ReadDatabase, organizationId: string, externalId: string): Promise<Customer | null> {
  return Promise.resolve(findRow(db, customers, { organizationId, externalId, deletedAt: null }));
}

/** The customer with our own id, deleted or not: what subscriptions and invoices point to. */
export function readCustomer(db: ReadDatabase, customerId: string): Promise<Customer> {
  return Promise.resolve(present(findRow(db, customers, { id: customerId }), 'a customer that is referred to exists'));
}

/** Creates the customer with this external id, or changes the attributes that are given. `refused` is what the door found. */
export function upsertCustomer(context: ServiceContext, input: CustomerInput, refused: FieldErrors = {}): Promise<Result<Customer>> {
  return context.database.unitOfWork.write('upsert customer', async (tx) => {
    const errors = { ...(await customerErrors(context, tx, input)), ...refused };
    return hasErrors(errors) ? invalid(errors) : saveCustomer(context, tx, input);
  });
}

/** The same inside a transaction that is open already; `{ externalId }` alone finds or creates. */
export async function upsertCustomerInTransaction(
  context: ServiceContext,
  tx: Transaction,
  input: CustomerInput,
): Promise<Result<Customer>> {
  const errors = await customerErrors(context, tx, input);
  return hasErrors(errors) ? invalid(errors) : saveCustomer(context, tx, input);
}

/** Gives a customer without currency the one of its first purchase. Rule: invoicing.md § 10. */
export async function setCurrencyWhenEmpty(
  context: ServiceContext,
  tx: Transaction,
  set: { readonly customer: Customer; readonly currency: CurrencyCode },
): Promise<Customer> {
  const { customer, currency } = set;
  if (customer.currency !== null) return customer;
  await updateRows(tx, customers, { where: { id: customer.id }, set: { currency, updatedAt: context.clock.now() } });
  return readCustomer(tx, customer.id);
}

/** Deletes the customer after everything that it still runs has ended; its external id is free again. */
export function deleteCustomer(context: ServiceContext, externalId: string): Promise<Result<Customer>> {
  return context.database.unitOfWork.write('delete customer', async (tx) => {
    const customer = await findCustomer(tx, context.organizationId, externalId);
    return customer === null ? notFound('customer') : ok(await deleteInTransaction(context, tx, customer));
  });
}

/** The same inside a transaction that is open already, as a preview of it does. */
export async function deleteInTransaction(context: ServiceContext, tx: Transaction, customer: Customer): Promise<Customer> {
  await context.listeners?.customerDeleted?.(tx, customer);
  // After the last invoices, which its coupons still lower.
  await endCoupons(context, tx, { customerId: customer.id });
  const now = context.clock.now();
  await updateRows(tx, customers, { where: { id: customer.id }, set: { deletedAt: now, updatedAt: now } });
  return readCustomer(tx, customer.id);
}

async function customerErrors(context: ServiceContext, tx: Transaction, input: CustomerInput): Promise<FieldErrors> {
  const externalId = input.externalId ?? '';
  if (externalId.trim() === '') return mergeFieldErrors({ external_id: ['value_is_mandatory'] }, metadataErrors(input.metadata));
  const existing = await findCustomer(tx, context.organizationId, externalId);
  const changesCurrency =
    existing !== null && existing.currency !== null && input.currency !== undefined && input.currency !== existing.currency;
  const isBound = changesCurrency && (await hasLivingSubscription(tx, existing.id));
  const currencyErrors: FieldErrors = isBound ? { currency: ['currencies_does_not_match'] } : {};
  return mergeFieldErrors(currencyErrors, metadataErrors(input.metadata), sectionChoiceErrors(input));
}

async function hasLivingSubscription(db: ReadDatabase, customerId: string): Promise<boolean> {
  return db.manager.existsBy(subscriptions, { customerId, status: In(['active', 'pending']) });
}

async function saveCustomer(context: ServiceContext, tx: Transaction, input: CustomerInput): Promise<Result<Customer>> {
  const externalId = present(input.externalId, 'the external id was checked');
  const before = await findCustomer(tx, context.organizationId, externalId);
  const provider = await providerAttributesOf(tx, { organizationId: context.organizationId, input, before });
  if (!provider.ok) return provider;
  const taxes = await findTaxesByCodes(tx, context.organizationId, input.taxCodes ?? []);
  if (!taxes.ok) return taxes;
  const sections = await findSectionsByCodes(tx, context.organizationId, input.invoiceCustomSectionCodes ?? []);
  if (!sections.ok) return sections;

  const viewBefore = before === null ? null : await context.viewAnnounced?.(tx, told('updated', before.id));
  const attributes = { ...attributesOf(input, before), ...provider.value };
  const customerId = before === null ? await insertCustomer(context, tx, { externalId, attributes }) : before.id;
  if (before !== null && Object.keys(attributes).length > 0) {
    await updateRows(tx, customers, { where: { id: customerId }, set: { ...attributes, updatedAt: context.clock.now() } });
  }
  if (input.taxCodes !== undefined) await writeOwnedTaxes(tx, customerTaxes, { ownerId: customerId, taxes: taxes.value });
  if (input.vatRate !== undefined) await applyCustomerVatRate(context, tx, { customerId, rate: input.vatRate });
  if (input.invoiceCustomSectionCodes !== undefined) await writeCustomerSections(tx, { customerId, sections: sections.value });
  if (input.metadata !== undefined) await writeCustomerMetadata(context, tx, { customerId, items: input.metadata ?? [] });

  await context.announce?.(tx, { ...told(before === null ? 'created' : 'updated', customerId), before: viewBefore });
  const after = await readCustomer(tx, customerId);
  if (before === null) await context.listeners?.customerCreated?.(tx, after);
  else if (Object.keys(attributes).length > 0) await context.listeners?.customerChanged?.(tx, before, after);
  return ok(after);
}

function told(news: 'created' | 'updated', id: string): Announcement {
  return { type: `customer.${news}`, objectType: 'customer', objectId: id };
}

async function insertCustomer(
  context: ServiceContext,
  tx: Transaction,
  fresh: { readonly externalId: string; readonly attributes: Partial<NewRow<Customer>> },
): Promise<string> {
  const organization = await readOrganization(tx, context.organizationId);
  const sequentialId = await nextSequentialId(tx, context.organizationId);
  const now = context.clock.now();
  const id = context.random.uuid();
  await insertRow(tx, customers, {
    ...NEW_CUSTOMER,
    ...fresh.attributes,
    id,
    organizationId: context.organizationId,
    externalId: fresh.externalId,
    sequentialId,
    slug: `${organization.documentNumberPrefix}-${String(sequentialId).padStart(3, '0')}`,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  });
  return id;
}

/** Counts on over deleted customers too: their invoices keep their numbers. */
async function nextSequentialId(db: ReadDatabase, organizationId: string): Promise<number> {
  const last = await db.manager.findOne(customers, { where: { organizationId }, order: { sequentialId: 'DESC' } });
  return (last?.sequentialId ?? 0) + 1;
}

const NEW_CUSTOMER = {
  name: null,
  firstname: null,
  lastname: null,
  customerType: null,
  accountType: 'customer',
  country: null,
  addressLine1: null,
  addressLine2: null,
  state: null,
  zipcode: null,
  city: null,
  shippingAddress: { addressLine1: null, addressLine2: null, city: null, zipcode: null, state: null, country: null },
  email: null,
  phone: null,
  url: null,
  logoUrl: null,
  legalName: null,
  legalNumber: null,
  taxIdentificationNumber: null,
  currency: null,
  timezone: null,
  netPaymentTerm: null,
  externalSalesforceId: null,
  finalizeZeroAmountInvoice: 'inherit',
  skipInvoiceCustomSections: false,
  invoiceGracePeriod: null,
  documentLocale: null,
  issuingDateAnchor: null,
  issuingDateAdjustment: null,
  paymentProvider: null,
  paymentProviderCode: null,
  providerCustomerId: null,
  providerPaymentMethods: ['card'],
  providerPaymentMethodId: null,
  syncWithProvider: false,
} as const satisfies Partial<Customer>;
