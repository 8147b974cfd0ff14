import { dateIn, formatInstant, type Instant } from '../../shared/dates.ts';
import { currencyDecimals } from '../../shared/currency.ts';
import type { Organization } from '../database/tables/organizations.ts';
import { numberText } from './invoice-number.ts';
import type { CustomSection, DayRange, FeePart, InvoiceSnapshot } from './pdf/document-snapshot.ts';
import { documentLocale, organizationPart } from './snapshots.ts';

const ID = '00000000-0000-7000-8000-00000000000';
const FIRST = { customerSequentialId: 1, sequentialId: 1, organizationSequentialId: 1 };
const NO_LOCALE = { documentLocale: null };
const TAX_RATE = '25';

/**
 * An invoice that nobody gets: a base fee of 50, 21 packages of searches at 2, and a tax of 25 %, 115 in all, in whole units of the
 * organization's currency. It uses no number up.
 */
export function sampleInvoice(
  organization: Organization,
  of: { readonly issuedAt: Instant; readonly customSections: readonly CustomSection[] },
): InvoiceSnapshot {
  const issuingDate = dateIn(of.issuedAt, organization.timezone);
  const firstDay = issuingDate.with({ day: 1 }).subtract({ months: 1 });
  const month: DayRange = { firstDay: firstDay.toString(), lastDay: firstDay.add({ months: 1 }).subtract({ days: 1 }).toString() };
  const wholeUnits = (amount: string): string => amount + '0'.repeat(currencyDecimals(organization.defaultCurrency));
  const plan = 'Search API';
  return {
    version: 1,
    kind: 'invoice',
    invoiceType: 'subscription',
    organization: organizationPart(organization),
    customer: SAMPLE_CUSTOMER,
    locale: documentLocale(NO_LOCALE, organization),
    currency: organization.defaultCurrency,
    timeZone: organization.timezone,
    issuedAt: formatInstant(of.issuedAt),
    number: numberText(organization, of.issuedAt, FIRST),
    purchaseOrderNumber: null,
    issuingDate: issuingDate.toString(),
    paymentDueDate: issuingDate.add({ days: organization.netPaymentTerm }).toString(),
    netPaymentTermDays: organization.netPaymentTerm,
    subscriptions: [
      {
        id: `${ID}1`,
        displayName: plan,
        planDisplayName: plan,
        period: month,
        chargesPeriod: month,
        fees: [baseFee(wholeUnits), searchFee(wholeUnits)],
      },
    ],
    otherFees: [],
    coupons: [],
    taxes: [{ name: 'Tax', rate: TAX_RATE, baseCents: wholeUnits('92'), amountCents: wholeUnits('23') }],
    subTotalExcludingTaxesCents: wholeUnits('92'),
    subTotalIncludingTaxesCents: wholeUnits('115'),
    creditNotes: [],
    prepaidGrantedCreditCents: '0',
    prepaidPurchasedCreditCents: '0',
    totalCents: wholeUnits('115'),
    customSections: of.customSections,
  };
}

const SAMPLE_CUSTOMER: InvoiceSnapshot['customer'] = {
  displayName: 'Sample customer',
  legalNumber: null,
  taxIdentificationNumber: null,
  address: { line1: '1 Sample Street', line2: null, zipcode: '12345', city: 'Sampletown', state: null, country: null },
  emails: ['accounts@customer.example'],
  metadata: [],
};

const NO_DETAILS = {
  description: null,
  filterDisplayName: null,
  filters: [],
  groupedBy: [],
  isTrueUp: false,
  period: null,
  taxRates: [TAX_RATE],
  amountDetails: {},
  isProrated: false,
} satisfies Partial<FeePart>;

function baseFee(wholeUnits: (amount: string) => string): FeePart {
  return {
    ...NO_DETAILS,
    id: `${ID}2`,
    kind: 'subscription',
    name: 'Base fee',
    units: '1',
    unitAmount: '50',
    amountCents: wholeUnits('50'),
    chargeModel: null,
  };
}

function searchFee(wholeUnits: (amount: string) => string): FeePart {
  const name = 'Packages of 1,000 searches';
  return {
    ...NO_DETAILS,
    id: `${ID}3`,
    kind: 'charge',
    name,
    units: '21',
    unitAmount: '2',
    amountCents: wholeUnits('42'),
    chargeModel: 'standard',
  };
}
