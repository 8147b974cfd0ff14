import type {
  CreditNoteItem,
  CreditNoteSnapshot,
  CustomerPart,
  FeePart,
  InvoiceSnapshot,
  OrganizationPart,
  SubscriptionPart,
} from '../../main/invoicing/pdf/document-snapshot.ts';

// Snapshots of documents for tests: each builder gives a plain, valid one, and takes what the test is about.

export const JANUARY = { firstDay: '2026-01-01', lastDay: '2026-01-31' } as const;
export const FEBRUARY = { firstDay: '2026-02-01', lastDay: '2026-02-28' } as const;

export function organizationPart(changes: Partial<OrganizationPart> = {}): OrganizationPart {
  return {
    name: 'Hooli',
    legalName: 'Hooli Cloud Services SAS',
    legalNumber: '842 913 007',
    taxIdentificationNumber: 'FR58842913007',
    address: { line1: '14 rue de la Monnaie', line2: null, zipcode: '75001', city: 'Paris', state: null, country: 'FR' },
    email: 'billing@hooli.example',
    phone: null,
    logoFile: null,
    footer: null,
    ...changes,
  };
}

export function customerPart(changes: Partial<CustomerPart> = {}): CustomerPart {
  return {
    displayName: 'Pied Piper GmbH',
    legalNumber: 'HRB 104882',
    taxIdentificationNumber: 'DE301884120',
    address: { line1: 'Torstraße 12', line2: 'Hinterhaus', zipcode: '10119', city: 'Berlin', state: null, country: 'DE' },
    emails: ['accounts@piedpiper.example'],
    metadata: [],
    ...changes,
  };
}

/** A usage fee of 1000 units at 0.05, taxed with 20 %. */
export function chargeFee(changes: Partial<FeePart> = {}): FeePart {
  return {
    id: '018f0000-0000-7000-8000-00000000000a',
    kind: 'charge',
    name: 'API calls',
    description: null,
    filterDisplayName: null,
    filters: [],
    groupedBy: [],
    isTrueUp: false,
    period: null,
    units: '1000.0',
    unitAmount: '0.05',
    amountCents: '5000',
    taxRates: ['20.0'],
    chargeModel: 'standard',
    amountDetails: {},
    isProrated: false,
    ...changes,
  };
}

/** A monthly plan's fee of 100.00, taxed with 20 %. */
export function subscriptionFee(changes: Partial<FeePart> = {}): FeePart {
  return chargeFee({
    id: '018f0000-0000-7000-8000-00000000000b',
    kind: 'subscription',
    name: 'Scale plan – subscription',
    units: '1.0',
    unitAmount: '100.0',
    amountCents: '10000',
    chargeModel: null,
    ...changes,
  });
}

export function subscriptionBlock(changes: Partial<SubscriptionPart> = {}): SubscriptionPart {
  return {
    id: '018f0000-0000-7000-8000-000000000001',
    displayName: 'Scale plan',
    planDisplayName: 'Scale plan',
    period: JANUARY,
    chargesPeriod: JANUARY,
    fees: [subscriptionFee(), chargeFee()],
    ...changes,
  };
}

/** January of one subscription: 150.00 and 20 % VAT, 180.00 in all. */
export function invoiceSnapshot(changes: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot {
  return {
    kind: 'invoice',
    version: 1,
    organization: organizationPart(),
    customer: customerPart(),
    locale: 'en',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    issuedAt: '2026-02-01T00:00:00Z',
    number: 'HOO-4F2A-007-012',
    purchaseOrderNumber: null,
    issuingDate: '2026-02-01',
    paymentDueDate: '2026-03-03',
    netPaymentTermDays: 30,
    invoiceType: 'subscription',
    subscriptions: [subscriptionBlock()],
    otherFees: [],
    coupons: [],
    subTotalExcludingTaxesCents: '15000',
    taxes: [{ name: 'VAT', rate: '20.0', baseCents: '15000', amountCents: '3000' }],
    subTotalIncludingTaxesCents: '18000',
    creditNotes: [],
    prepaidGrantedCreditCents: '0',
    prepaidPurchasedCreditCents: '0',
    totalCents: '18000',
    customSections: [],
    ...changes,
  };
}

/** An invoice of `count` usage fees of 1.00 each, without tax. */
export function longInvoiceSnapshot(count: number): InvoiceSnapshot {
  const fees = Array.from({ length: count }, (_, index) =>
    chargeFee({
      id: `fee-${index + 1}`,
      name: `Metered line ${index + 1}`,
      units: '1.0',
      unitAmount: '1.0',
      amountCents: '100',
      taxRates: [],
    }),
  );
  const total = String(count * 100);
  return invoiceSnapshot({
    subscriptions: [subscriptionBlock({ fees })],
    taxes: [],
    subTotalExcludingTaxesCents: total,
    subTotalIncludingTaxesCents: total,
    totalCents: total,
  });
}

export function creditNoteItem(changes: Partial<CreditNoteItem> = {}): CreditNoteItem {
  return {
    id: '018f0000-0000-7000-8000-00000000000c',
    kind: 'subscription',
    name: 'Scale plan – subscription',
    description: null,
    filterDisplayName: null,
    filters: [],
    groupedBy: [],
    isTrueUp: false,
    period: FEBRUARY,
    subscriptionDisplayName: 'Scale plan',
    amountCents: '3571',
    taxRates: ['20.0'],
    ...changes,
  };
}

/** The worked example of invoicing.md § 7: 35.71 and 20 % VAT, 42.85 in all, credited. */
export function creditNoteSnapshot(changes: Partial<CreditNoteSnapshot> = {}): CreditNoteSnapshot {
  return {
    kind: 'credit_note',
    version: 1,
    organization: organizationPart(),
    customer: customerPart(),
    locale: 'en',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    issuedAt: '2026-02-08T11:00:00Z',
    number: 'HOO-4F2A-007-012-CN001',
    invoiceNumber: 'HOO-4F2A-007-012',
    issuingDate: '2026-02-08',
    items: [creditNoteItem()],
    couponsAdjustmentCents: '0',
    subTotalExcludingTaxesCents: '3571',
    taxes: [{ name: 'VAT', rate: '20.0', baseCents: '3571', amountCents: '714' }],
    totalCents: '4285',
    creditCents: '4285',
    refundCents: '0',
    offsetCents: '0',
    ...changes,
  };
}
