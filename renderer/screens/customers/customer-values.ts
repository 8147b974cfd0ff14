import type { CustomerWithLocksAnswer } from '../../../shared/internal/customers.ts';

export const ADDRESS_FIELDS = ['address_line1', 'address_line2', 'zipcode', 'city', 'state', 'country'] as const;
type Address = Readonly<Record<Exclude<(typeof ADDRESS_FIELDS)[number], 'country'>, string>> & { readonly country: string | null };

export interface MetadataValues {
  readonly id: string;
  readonly key: string;
  readonly value: string;
  readonly display_in_invoice: boolean;
}

/** The form of a customer: what is empty, or null where one chooses, is inherited or unknown. Names are those of the wire, as its errors name them. */
export interface CustomerValues extends Record<string, unknown>, Address {
  readonly name: string;
  readonly external_id: string;
  readonly customer_type: string | null;
  readonly firstname: string;
  readonly lastname: string;
  readonly legal_name: string;
  readonly legal_number: string;
  readonly tax_identification_number: string;
  readonly email: string;
  readonly phone: string;
  readonly url: string;
  readonly shipping_address: Address;
  readonly currency: string | null;
  readonly timezone: string | null;
  readonly document_locale: string | null;
  readonly tax_codes: readonly string[];
  /** Days; empty inherits. */
  readonly net_payment_term: string;
  readonly invoice_grace_period: string;
  readonly finalize_zero_amount_invoice: string;
  readonly subscription_invoice_issuing_date_anchor: string;
  readonly subscription_invoice_issuing_date_adjustment: string;
  readonly payment_provider_code: string | null;
  readonly provider_customer_id: string;
  readonly sync_with_provider: boolean;
  readonly provider_payment_methods: readonly string[];
  /** `organization`: its sections; `own`: those chosen below; `none`: no section at all. */
  readonly sections: string;
  readonly invoice_custom_section_codes: readonly string[];
  readonly metadata: readonly MetadataValues[];
}

const EMPTY_ADDRESS: Address = { address_line1: '', address_line2: '', zipcode: '', city: '', state: '', country: null };

export const NEW_CUSTOMER: CustomerValues = {
  ...EMPTY_ADDRESS,
  name: '',
  external_id: '',
  customer_type: null,
  firstname: '',
  lastname: '',
  legal_name: '',
  legal_number: '',
  tax_identification_number: '',
  email: '',
  phone: '',
  url: '',
  shipping_address: EMPTY_ADDRESS,
  currency: null,
  timezone: null,
  document_locale: null,
  tax_codes: [],
  net_payment_term: '',
  invoice_grace_period: '',
  finalize_zero_amount_invoice: 'inherit',
  subscription_invoice_issuing_date_anchor: 'next_period_start',
  subscription_invoice_issuing_date_adjustment: 'align_with_finalization_date',
  payment_provider_code: null,
  provider_customer_id: '',
  sync_with_provider: true,
  provider_payment_methods: ['card'],
  sections: 'organization',
  invoice_custom_section_codes: [],
  metadata: [],
};

/** A customer as its form shows it. */
export function valuesOf({ customer, own_custom_section_codes: ownSections }: CustomerWithLocksAnswer): CustomerValues {
  const billing = customer.billing_configuration;
  return {
    ...addressOf(customer),
    name: customer.name ?? '',
    external_id: customer.external_id,
    customer_type: customer.customer_type,
    firstname: customer.firstname ?? '',
    lastname: customer.lastname ?? '',
    legal_name: customer.legal_name ?? '',
    legal_number: customer.legal_number ?? '',
    tax_identification_number: customer.tax_identification_number ?? '',
    email: customer.email ?? '',
    phone: customer.phone ?? '',
    url: customer.url ?? '',
    shipping_address: addressOf(customer.shipping_address),
    currency: customer.currency,
    timezone: customer.timezone,
    document_locale: billing.document_locale,
    tax_codes: customer.taxes.map((tax) => tax.code),
    net_payment_term: daysText(customer.net_payment_term),
    invoice_grace_period: daysText(billing.invoice_grace_period),
    finalize_zero_amount_invoice: customer.finalize_zero_amount_invoice,
    subscription_invoice_issuing_date_anchor: billing.subscription_invoice_issuing_date_anchor ?? 'next_period_start',
    subscription_invoice_issuing_date_adjustment: billing.subscription_invoice_issuing_date_adjustment ?? 'align_with_finalization_date',
    payment_provider_code: billing.payment_provider_code,
    provider_customer_id: billing.provider_customer_id ?? '',
    sync_with_provider: billing.sync_with_provider ?? false,
    provider_payment_methods: billing.provider_payment_methods ?? ['card'],
    sections: customer.skip_invoice_custom_sections ? 'none' : ownSections.length > 0 ? 'own' : 'organization',
    invoice_custom_section_codes: ownSections,
    metadata: customer.metadata.map((row) => ({
      id: row.lago_id,
      key: row.key,
      value: row.value,
      display_in_invoice: row.display_in_invoice,
    })),
  };
}

type Body = Readonly<Record<string, unknown>>;

/** Keys of the wire that mean something together only. */
const TOGETHER = [
  ['payment_provider', 'payment_provider_code', 'provider_customer_id', 'sync_with_provider', 'provider_payment_methods'],
  ['skip_invoice_custom_sections', 'invoice_custom_section_codes'],
];

/** The body of a new customer: what nobody touched is left to the organization's defaults. */
export function bodyOf(values: CustomerValues): unknown {
  return changesBody(NEW_CUSTOMER, values);
}

/** Only what was changed since the form was opened: what others changed meanwhile stays as they left it. */
export function changesBody(before: CustomerValues, after: CustomerValues): unknown {
  const { billing_configuration: billingBefore, ...plainBefore } = wireOf(before);
  const { billing_configuration: billing, ...plain } = wireOf(after);
  const changedBilling = changedKeys(billingBefore, billing);
  return {
    customer: {
      external_id: after.external_id,
      ...changedKeys(plainBefore, plain),
      ...(Object.keys(changedBilling).length === 0 ? {} : { billing_configuration: changedBilling }),
    },
  };
}

function changedKeys(before: Body, after: Body): Body {
  const isChanged = (key: string): boolean => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  const isSent = (key: string): boolean => (TOGETHER.find((keys) => keys.includes(key)) ?? [key]).some(isChanged);
  return Object.fromEntries(Object.entries(after).filter(([key]) => isSent(key)));
}

/** A form on the wire: what is empty is cleared. */
function wireOf(values: CustomerValues): Body & { readonly billing_configuration: Body } {
  const {
    sections,
    document_locale: documentLocale,
    invoice_grace_period: gracePeriod,
    subscription_invoice_issuing_date_anchor: anchor,
    subscription_invoice_issuing_date_adjustment: adjustment,
    payment_provider_code: providerCode,
    provider_customer_id: providerCustomerId,
    sync_with_provider: isSynced,
    provider_payment_methods: methods,
    net_payment_term: netPaymentTerm,
    invoice_custom_section_codes: sectionCodes,
    metadata,
    ...plain
  } = values;
  return {
    ...plain,
    net_payment_term: daysOrText(netPaymentTerm),
    skip_invoice_custom_sections: sections === 'none',
    invoice_custom_section_codes: sections === 'own' ? sectionCodes : [],
    metadata: metadata.map(({ id, ...row }) => (id === '' ? row : { ...row, id })),
    billing_configuration: {
      document_locale: documentLocale,
      invoice_grace_period: daysOrText(gracePeriod),
      subscription_invoice_issuing_date_anchor: anchor,
      subscription_invoice_issuing_date_adjustment: adjustment,
      payment_provider: providerCode === null ? null : 'stripe',
      ...(providerCode === null
        ? {}
        : {
            payment_provider_code: providerCode,
            provider_customer_id: providerCustomerId,
            sync_with_provider: isSynced,
            provider_payment_methods: methods,
          }),
    },
  };
}

function addressOf(from: Readonly<Record<(typeof ADDRESS_FIELDS)[number], string | null>>): Address {
  return {
    address_line1: from.address_line1 ?? '',
    address_line2: from.address_line2 ?? '',
    zipcode: from.zipcode ?? '',
    city: from.city ?? '',
    state: from.state ?? '',
    country: from.country,
  };
}

function daysText(days: number | null): string {
  return days === null ? '' : String(days);
}

/** Whole days as the wire's number; anything else goes as it was typed, and is refused with a word for it. */
function daysOrText(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^\d{1,6}$/.test(trimmed) ? Number(trimmed) : trimmed;
}
