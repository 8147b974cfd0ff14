import { In } from 'typeorm';
import { isDocumentLocale, type DocumentLocale } from '../../shared/document-locales/document-locale.ts';
import { dateIn, formatInstant, type Instant } from '../../shared/dates.ts';
import { addCents, subtractCents } from '../../shared/money.ts';
import { present } from '../../shared/assert.ts';
import { readPlanTerms } from '../catalog/index.ts';
import {
  applicableSections,
  readCustomer,
  readCustomersMetadata,
  readOrganization,
  type Customer,
  type InvoiceCustomSection,
} from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows, insertRows, updateRows } from '../database/rows.ts';
import { appliedCustomSections } from '../database/tables/custom-sections.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import { creditNoteItems, creditNotes } from '../database/tables/credit-notes.ts';
import { fees, invoiceCredits, invoices, invoiceSubscriptions, invoiceTaxes, type Fee, type Invoice } from '../database/tables/invoices.ts';
import type { Organization } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type {
  CreditNoteSnapshot,
  CustomerPart,
  DayRange,
  FeePart,
  FeeSubject,
  InvoiceSnapshot,
  OrganizationPart,
  SubscriptionPart,
} from './pdf/document-snapshot.ts';
import { readCreditNote, readFees, readInvoice } from './read-invoice.ts';

/** Freezes what the document of an invoice shows and makes it final: the last step of its finalization. Rule: invoicing.md § 11. */
export async function freezeInvoice(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly invoiceId: string; readonly customer: Customer; readonly organization: Organization },
): Promise<void> {
  const invoice = await readInvoice(tx, of.invoiceId);
  const sections = await applySections(context, tx, { invoice, customer: of.customer });
  const snapshot = await invoiceSnapshot(tx, { ...of, invoice, sections, issuedAt: context.clock.now() });
  await updateRows(tx, invoices, { where: { id: invoice.id }, set: { snapshot, status: 'finalized' } });
}

/** Freezes what the document of a credit note shows. */
export async function freezeCreditNote(context: ServiceContext, tx: Transaction, id: string): Promise<void> {
  const snapshot = await creditNoteSnapshot(context, tx, id);
  await updateRows(tx, creditNotes, { where: { id }, set: { snapshot } });
}

/** Copies the sections that the customer's documents carry, as they are now. */
async function applySections(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly invoice: Invoice; readonly customer: Customer },
): Promise<readonly InvoiceCustomSection[]> {
  const sections = (await applicableSections(tx, context.organizationId, [of.customer])).get(of.customer.id) ?? [];
  const rows = sections.map(({ code, name, displayName, details }) => ({
    ...{ code, name, displayName, details },
    id: context.random.uuid(),
    invoiceId: of.invoice.id,
    createdAt: context.clock.now(),
  }));
  await insertRows(tx, appliedCustomSections, rows);
  return sections;
}

interface SnapshotOf {
  readonly invoice: Invoice;
  readonly sections: readonly InvoiceCustomSection[];
  readonly customer: Customer;
  readonly organization: Organization;
  readonly issuedAt: Instant;
}

async function invoiceSnapshot(db: ReadDatabase, of: SnapshotOf): Promise<InvoiceSnapshot> {
  const { invoice, customer, organization } = of;
  const invoiceFees = await readFees(db, invoice.id);
  const taxRows = findRows(db, invoiceTaxes, { invoiceId: invoice.id });
  const excluding = subtractCents(invoice.feesAmountCents, invoice.couponsAmountCents);
  return {
    version: 1,
    kind: 'invoice',
    invoiceType: invoice.invoiceType,
    organization: organizationPart(organization),
    customer: await customerPart(db, customer),
    locale: documentLocale(customer, organization),
    currency: invoice.currency,
    timeZone: invoice.timezone,
    issuedAt: formatInstant(of.issuedAt),
    number: invoice.number,
    purchaseOrderNumber: invoice.purchaseOrderNumber,
    issuingDate: invoice.issuingDate.toString(),
    paymentDueDate: invoice.paymentDueDate.toString(),
    netPaymentTermDays: invoice.netPaymentTerm,
    subscriptions: await subscriptionParts(db, { invoice, fees: invoiceFees }),
    otherFees: invoiceFees.filter((fee) => fee.subscriptionId === null).map((fee) => feePart(fee, invoice)),
    coupons: couponRows(db, invoice.id),
    taxes: taxRows.map((tax) => ({
      name: tax.name,
      rate: tax.rate.toFixed(),
      baseCents: tax.feesAmountCents.toString(),
      amountCents: tax.amountCents.toString(),
    })),
    subTotalExcludingTaxesCents: excluding.toString(),
    subTotalIncludingTaxesCents: addCents(excluding, invoice.taxesAmountCents).toString(),
    creditNotes: await creditNoteRows(db, invoice.id),
    prepaidGrantedCreditCents: invoice.prepaidGrantedCreditAmountCents.toString(),
    prepaidPurchasedCreditCents: invoice.prepaidPurchasedCreditAmountCents.toString(),
    totalCents: invoice.totalAmountCents.toString(),
    customSections: of.sections.map((section) => ({ displayName: section.displayName ?? section.name, details: section.details ?? '' })),
  };
}

async function creditNoteSnapshot(context: ServiceContext, db: ReadDatabase, id: string): Promise<CreditNoteSnapshot> {
  const note = await readCreditNote(db, id);
  const invoice = await readInvoice(db, note.invoiceId);
  const customer = await readCustomer(db, note.customerId);
  const organization = await readOrganization(db, note.organizationId);
  const items = findRows(db, creditNoteItems, { creditNoteId: id });
  const creditedFees = new Map(
    (await db.manager.find(fees, { where: { id: In(items.map((item) => item.feeId)) } })).map((fee) => [fee.id, fee]),
  );
  const names = await subscriptionNames(db, [...creditedFees.values()]);
  return {
    version: 1,
    kind: 'credit_note',
    organization: organizationPart(organization),
    customer: await customerPart(db, customer),
    locale: documentLocale(customer, organization),
    currency: note.currency,
    timeZone: invoice.timezone,
    issuedAt: formatInstant(context.clock.now()),
    number: note.number,
    issuingDate: note.issuingDate.toString(),
    invoiceNumber: invoice.number,
    items: items.map((item) => {
      const fee = present(creditedFees.get(item.feeId), 'a credited fee exists');
      return {
        ...feeSubject(fee, invoice),
        subscriptionDisplayName: fee.subscriptionId === null ? null : (names.get(fee.subscriptionId) ?? null),
        amountCents: item.amountCents.toString(),
        taxRates: fee.appliedTaxes.map((tax) => tax.rate),
      };
    }),
    taxes: note.appliedTaxes.map((tax) => ({
      name: tax.name,
      rate: tax.rate,
      baseCents: tax.baseAmountCents.toString(),
      amountCents: tax.amountCents.toString(),
    })),
    couponsAdjustmentCents: note.couponsAdjustmentAmountCents.toString(),
    subTotalExcludingTaxesCents: note.subTotalExcludingTaxesAmountCents.toString(),
    creditCents: note.creditAmountCents.toString(),
    refundCents: note.refundAmountCents.toString(),
    offsetCents: note.offsetAmountCents.toString(),
    totalCents: note.totalAmountCents.toString(),
  };
}

async function subscriptionParts(
  db: ReadDatabase,
  of: { readonly invoice: Invoice; readonly fees: readonly Fee[] },
): Promise<readonly SubscriptionPart[]> {
  const { invoice } = of;
  const periods = findRows(db, invoiceSubscriptions, { invoiceId: invoice.id });
  const rows = readSubscriptions(
    db,
    periods.map((period) => period.subscriptionId),
  );
  const planNames = await planDisplayNames(db, [...rows.values()]);
  return periods.map((period) => {
    const row = present(rows.get(period.subscriptionId), 'a billed subscription exists');
    const planDisplayName = planNames.get(period.planId) ?? '';
    return {
      id: row.id,
      displayName: row.name ?? planDisplayName,
      planDisplayName,
      period: dayRange(period.subscriptionFrom, period.subscriptionTo, invoice.timezone),
      chargesPeriod: dayRange(period.chargesFrom, period.chargesTo, invoice.timezone),
      fees: of.fees.filter((fee) => fee.subscriptionId === row.id).map((fee) => feePart(fee, invoice)),
    };
  });
}

function feePart(fee: Fee, invoice: Invoice): FeePart {
  return {
    ...feeSubject(fee, invoice),
    units: fee.units.toFixed(),
    unitAmount: fee.unitAmount.toFixed(),
    amountCents: fee.amountCents.toString(),
    taxRates: fee.appliedTaxes.map((tax) => tax.rate),
    chargeModel: fee.feeType === 'charge' && fee.trueUpParentFeeId === null ? (fee.explanation.rule as FeePart['chargeModel']) : null,
    amountDetails: fee.amountDetails,
    isProrated: fee.explanation.facts['prorated'] === true,
  };
}

function feeSubject(fee: Fee, invoice: Invoice): FeeSubject {
  return {
    id: fee.id,
    kind: fee.feeType,
    // Credits without a name of their own are named in the document's language.
    name: fee.invoiceDisplayName ?? (fee.feeType === 'credit' ? null : fee.itemName),
    description: fee.description,
    filterDisplayName: fee.filterDisplayName,
    filters: Object.entries(fee.filters ?? {}).map(([key, values]) => ({ key, values })),
    groupedBy: Object.entries(fee.groupedBy).map(([key, value]) => ({ key, value })),
    isTrueUp: fee.trueUpParentFeeId !== null || fee.feeType === 'commitment',
    period: isForSpan(fee) ? dayRange(fee.fromAt, fee.toAt, invoice.timezone) : null,
  };
}

/** Bought credits are for no span of time; an add-on is only where somebody said so. */
function isForSpan(fee: Fee): boolean {
  if (fee.feeType === 'add_on') return Object.keys(fee.explanation.boundaries).length > 0;
  return fee.feeType !== 'credit';
}

function dayRange(from: Instant, to: Instant, timeZone: string): DayRange {
  return { firstDay: dateIn(from, timeZone).toString(), lastDay: dateIn(to, timeZone).toString() };
}

function couponRows(db: ReadDatabase, invoiceId: string): InvoiceSnapshot['coupons'] {
  const used = db.select<{ name: string; percentageRate: string | null; amountCents: number | null; creditCents: number }>(
    `SELECT "coupons"."name" AS "name", "applied_coupons"."percentage_rate" AS "percentageRate",
       "applied_coupons"."amount_cents" AS "amountCents", "invoice_credits"."amount_cents" AS "creditCents"
     FROM "invoice_credits"
     JOIN "applied_coupons" ON "applied_coupons"."id" = "invoice_credits"."applied_coupon_id"
     JOIN "coupons" ON "coupons"."id" = "applied_coupons"."coupon_id"
     WHERE "invoice_credits"."invoice_id" = ? ORDER BY "invoice_credits"."sequence"`,
  );
  return used.all(invoiceId).map(({ name, percentageRate, amountCents, creditCents }) => ({
    name,
    value: percentageRate === null ? { amountCents: String(amountCents) } : { percentageRate },
    amountCents: String(creditCents),
  }));
}

async function creditNoteRows(db: ReadDatabase, invoiceId: string): Promise<InvoiceSnapshot['creditNotes']> {
  const used = findRows(db, invoiceCredits, { invoiceId });
  const rows: { number: string; amountCents: string }[] = [];
  for (const credit of used) {
    if (credit.creditNoteId === null) continue;
    const note = await readCreditNote(db, credit.creditNoteId);
    rows.push({ number: note.number, amountCents: credit.amountCents.toString() });
  }
  return rows;
}

function readSubscriptions(db: ReadDatabase, ids: readonly string[]): ReadonlyMap<string, Subscription> {
  return new Map([...new Set(ids)].flatMap((id) => findRows(db, subscriptions, { id })).map((row) => [row.id, row]));
}

async function subscriptionNames(db: ReadDatabase, creditedFees: readonly Fee[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(creditedFees.flatMap((fee) => (fee.subscriptionId === null ? [] : [fee.subscriptionId])))];
  const rows = readSubscriptions(db, ids);
  const planNames = await planDisplayNames(db, [...rows.values()]);
  return new Map([...rows.values()].map((row) => [row.id, row.name ?? planNames.get(row.planId) ?? '']));
}

async function planDisplayNames(db: ReadDatabase, rows: readonly Subscription[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const planId of new Set(rows.map((row) => row.planId))) {
    const plan = await readPlanTerms(db, planId);
    names.set(planId, plan.invoiceDisplayName ?? plan.name);
  }
  return names;
}

export function documentLocale(customer: Pick<Customer, 'documentLocale'>, organization: Organization): DocumentLocale {
  const wanted = customer.documentLocale ?? organization.documentLocale;
  return isDocumentLocale(wanted) ? wanted : 'en';
}

export function organizationPart(organization: Organization): OrganizationPart {
  return {
    name: organization.name,
    legalName: organization.legalName,
    legalNumber: organization.legalNumber,
    taxIdentificationNumber: organization.taxIdentificationNumber,
    address: addressPart(organization),
    email: organization.email,
    phone: organization.phone,
    logoFile: organization.logoFile,
    footer: organization.invoiceFooter,
  };
}

async function customerPart(db: ReadDatabase, customer: Customer): Promise<CustomerPart> {
  const metadata = (await readCustomersMetadata(db, [customer.id])).get(customer.id) ?? [];
  const fullName = [customer.firstname, customer.lastname].filter((part) => part !== null && part !== '').join(' ');
  return {
    displayName: [customer.legalName, customer.name, fullName].find((name) => name !== null && name !== '') ?? customer.externalId,
    legalNumber: customer.legalNumber,
    taxIdentificationNumber: customer.taxIdentificationNumber,
    address: addressPart(customer),
    emails: (customer.email ?? '')
      .split(',')
      .map((email) => email.trim())
      .filter((email) => email !== ''),
    metadata: metadata.filter((entry) => entry.displayInInvoice).map((entry) => ({ key: entry.key, value: entry.value })),
  };
}

function addressPart(
  party: Pick<Customer, 'addressLine1' | 'addressLine2' | 'zipcode' | 'city' | 'state' | 'country'>,
): OrganizationPart['address'] {
  return {
    line1: party.addressLine1,
    line2: party.addressLine2,
    zipcode: party.zipcode,
    city: party.city,
    state: party.state,
    country: party.country,
  };
}
