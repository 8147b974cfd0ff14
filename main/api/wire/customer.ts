import { formatInstant } from '../../../shared/dates.ts';
import type { CustomerAnswer, CustomerWireInput, NestedCustomerAnswer } from '../../../shared/wire/customer.ts';
import type { Customer, CustomerDetails, CustomerInput } from '../../customers/index.ts';
import { camelKeys } from './camel-case.ts';
import { serializeCustomSection } from './custom-section.ts';
import { mapGiven } from './map-given.ts';
import { serializeTax } from './tax.ts';

export function serializeCustomer(details: CustomerDetails): CustomerAnswer {
  return { ...serializeNestedCustomer(details), taxes: details.taxes.map(serializeTax) };
}

/** A customer as it stands inside other objects, without its taxes. */
export function serializeNestedCustomer(details: Omit<CustomerDetails, 'taxes'>): NestedCustomerAnswer {
  const { customer, metadata, timeZone, customSections } = details;
  return {
    lago_id: customer.id,
    billing_entity_code: 'default',
    external_id: customer.externalId,
    account_type: customer.accountType ?? 'customer',
    name: customer.name,
    firstname: customer.firstname,
    lastname: customer.lastname,
    customer_type: customer.customerType,
    sequential_id: customer.sequentialId,
    slug: customer.slug,
    created_at: formatInstant(customer.createdAt),
    updated_at: formatInstant(customer.updatedAt),
    country: customer.country,
    address_line1: customer.addressLine1,
    address_line2: customer.addressLine2,
    state: customer.state,
    zipcode: customer.zipcode,
    city: customer.city,
    shipping_address: serializeShippingAddress(customer),
    email: customer.email,
    phone: customer.phone,
    url: customer.url,
    logo_url: customer.logoUrl,
    legal_name: customer.legalName,
    legal_number: customer.legalNumber,
    tax_identification_number: customer.taxIdentificationNumber,
    currency: customer.currency,
    timezone: customer.timezone,
    applicable_timezone: timeZone,
    net_payment_term: customer.netPaymentTerm,
    external_salesforce_id: customer.externalSalesforceId,
    finalize_zero_amount_invoice: customer.finalizeZeroAmountInvoice,
    skip_invoice_custom_sections: customer.skipInvoiceCustomSections,
    billing_configuration: serializeBillingConfiguration(customer),
    metadata: metadata.map((row) => ({
      lago_id: row.id,
      key: row.key,
      value: row.value,
      display_in_invoice: row.displayInInvoice,
      created_at: formatInstant(row.createdAt),
    })),
    integration_customers: [],
    applicable_invoice_custom_sections: customSections.map(serializeCustomSection),
    error_details: [],
  };
}

function serializeShippingAddress({ shippingAddress }: Customer): NestedCustomerAnswer['shipping_address'] {
  return {
    address_line1: shippingAddress.addressLine1,
    address_line2: shippingAddress.addressLine2,
    city: shippingAddress.city,
    zipcode: shippingAddress.zipcode,
    state: shippingAddress.state,
    country: shippingAddress.country,
  };
}

/** What belongs to a payment provider is shown only while the customer has one. */
function serializeBillingConfiguration(customer: Customer): NestedCustomerAnswer['billing_configuration'] {
  const provider = {
    provider_customer_id: customer.providerCustomerId,
    provider_payment_methods: [...customer.providerPaymentMethods],
    sync_with_provider: customer.syncWithProvider,
  };
  return {
    invoice_grace_period: customer.invoiceGracePeriod,
    payment_provider: customer.paymentProvider,
    payment_provider_code: customer.paymentProviderCode,
    document_locale: customer.documentLocale,
    subscription_invoice_issuing_date_anchor: customer.issuingDateAnchor,
    subscription_invoice_issuing_date_adjustment: customer.issuingDateAdjustment,
    ...(customer.paymentProvider === null ? {} : provider),
  };
}

/** `customer_id` is the 2022 name of `external_id`; `sync` that of `sync_with_provider`. */
export function readCustomerInput(values: Partial<CustomerWireInput>): CustomerInput {
  const {
    external_id: externalId,
    customer_id: formerId,
    billing_configuration: billing,
    shipping_address: address,
    metadata,
    vat_rate: vatRate,
    ...rest
  } = values;
  return {
    ...camelKeys(rest),
    ...(billing === undefined || billing === null ? {} : readBillingConfiguration(billing)),
    externalId: externalId ?? formerId,
    shippingAddress: address === undefined || address === null ? address : camelKeys(address),
    metadata: mapGiven(metadata, (item) => camelKeys(item)),
    vatRate: billing?.vat_rate === undefined ? vatRate : billing.vat_rate,
  };
}

function readBillingConfiguration(billing: NonNullable<CustomerWireInput['billing_configuration']>): Partial<CustomerInput> {
  return {
    invoiceGracePeriod: billing.invoice_grace_period,
    documentLocale: billing.document_locale,
    issuingDateAnchor: billing.subscription_invoice_issuing_date_anchor,
    issuingDateAdjustment: billing.subscription_invoice_issuing_date_adjustment,
    paymentProvider: billing.payment_provider,
    paymentProviderCode: billing.payment_provider_code,
    providerCustomerId: billing.provider_customer_id,
    providerPaymentMethods: billing.provider_payment_methods,
    syncWithProvider: billing.sync_with_provider ?? billing.sync,
  };
}
