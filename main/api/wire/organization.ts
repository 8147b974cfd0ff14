import { formatInstant } from '../../../shared/dates.ts';
import type { OrganizationAnswer, OrganizationWireInput } from '../../../shared/wire/organization.ts';
import type { OrganizationDetails, OrganizationInput } from '../../organization/index.ts';
import { camelKeys } from './camel-case.ts';
import { serializeTax } from './tax.ts';

export function serializeOrganization(details: OrganizationDetails): OrganizationAnswer {
  const { organization, webhookUrls, taxes } = details;
  return {
    lago_id: organization.id,
    name: organization.name,
    slug: organization.slug,
    default_currency: organization.defaultCurrency,
    created_at: formatInstant(organization.createdAt),
    webhook_url: webhookUrls[0] ?? '',
    webhook_urls: [...webhookUrls],
    country: organization.country,
    address_line1: organization.addressLine1,
    address_line2: organization.addressLine2,
    state: organization.state,
    zipcode: organization.zipcode,
    city: organization.city,
    email: organization.email,
    phone: organization.phone,
    legal_name: organization.legalName,
    legal_number: organization.legalNumber,
    tax_identification_number: organization.taxIdentificationNumber,
    timezone: organization.timezone,
    net_payment_term: organization.netPaymentTerm,
    email_settings: [...organization.emailSettings],
    document_numbering: organization.documentNumbering,
    document_number_prefix: organization.documentNumberPrefix,
    finalize_zero_amount_invoice: organization.finalizeZeroAmountInvoice,
    billing_configuration: {
      invoice_footer: organization.invoiceFooter,
      invoice_grace_period: organization.invoiceGracePeriod,
      document_locale: organization.documentLocale,
    },
    events_store: 'postgres',
    taxes: taxes.map(serializeTax),
  };
}

/** Billing settings stand under `billing_configuration`; in 2022 two of them stood at the top. */
export function readOrganizationInput(values: Partial<OrganizationWireInput>): OrganizationInput {
  const { billing_configuration: billing, ...rest } = values;
  const { invoiceFooter, vatRate, ...attributes } = camelKeys(rest);
  const {
    invoice_footer: footer,
    invoice_grace_period: invoiceGracePeriod,
    document_locale: documentLocale,
    vat_rate: rate,
  } = billing ?? {};
  return {
    ...attributes,
    invoiceGracePeriod,
    documentLocale,
    invoiceFooter: footer === undefined ? invoiceFooter : footer,
    vatRate: rate === undefined ? vatRate : rate,
  };
}
