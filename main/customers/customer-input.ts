import type { Decimal } from '../../shared/decimal.ts';
import type { NewRow } from '../database/rows.ts';
import type { Customer, ShippingAddress } from '../database/tables/customers.ts';

/** Attributes that are stored as they are sent. */
type PlainAttribute =
  | 'name'
  | 'firstname'
  | 'lastname'
  | 'customerType'
  | 'accountType'
  | 'country'
  | 'addressLine1'
  | 'addressLine2'
  | 'state'
  | 'zipcode'
  | 'city'
  | 'email'
  | 'phone'
  | 'url'
  | 'logoUrl'
  | 'legalName'
  | 'legalNumber'
  | 'taxIdentificationNumber'
  | 'currency'
  | 'timezone'
  | 'netPaymentTerm'
  | 'externalSalesforceId'
  | 'finalizeZeroAmountInvoice'
  | 'skipInvoiceCustomSections'
  | 'invoiceGracePeriod'
  | 'documentLocale'
  | 'issuingDateAnchor'
  | 'issuingDateAdjustment';

export interface CustomerMetadataInput {
  readonly id?: string | null;
  readonly key: string;
  readonly value: string;
  readonly displayInInvoice?: boolean | null;
}

/** What a caller says about a customer: an absent key leaves the attribute as it is, null clears it. */
export type CustomerInput = { readonly [Name in PlainAttribute]?: Customer[Name] | null } & {
  readonly externalId: string | null | undefined;
  readonly shippingAddress?: Partial<ShippingAddress> | null;
  /** Replaces the customer's own taxes. */
  readonly taxCodes?: readonly string[] | null;
  /** Replaces the sections that its documents carry instead of the organization's. */
  readonly invoiceCustomSectionCodes?: readonly string[] | null;
  /** 2022 alias: one managed tax on the customer; 0 or null removes it. */
  readonly vatRate?: Decimal | null;
  /** The full new list; rows with an id are kept and changed. */
  readonly metadata?: readonly CustomerMetadataInput[] | null;
  readonly paymentProvider?: string | null;
  readonly paymentProviderCode?: string | null;
  readonly providerCustomerId?: string | null;
  readonly providerPaymentMethods?: readonly string[] | null;
  readonly syncWithProvider?: boolean | null;
};

const PLAIN_ATTRIBUTES: readonly PlainAttribute[] = [
  'name',
  'firstname',
  'lastname',
  'customerType',
  'accountType',
  'country',
  'addressLine1',
  'addressLine2',
  'state',
  'zipcode',
  'city',
  'email',
  'phone',
  'url',
  'logoUrl',
  'legalName',
  'legalNumber',
  'taxIdentificationNumber',
  'currency',
  'timezone',
  'netPaymentTerm',
  'externalSalesforceId',
  'finalizeZeroAmountInvoice',
  'skipInvoiceCustomSections',
  'invoiceGracePeriod',
  'documentLocale',
  'issuingDateAnchor',
  'issuingDateAdjustment',
];

/** What null means for attributes that cannot be empty. */
const CLEARED: Partial<NewRow<Customer>> = {
  accountType: 'customer',
  finalizeZeroAmountInvoice: 'inherit',
  skipInvoiceCustomSections: false,
};
const EMPTY_ADDRESS: ShippingAddress = { addressLine1: null, addressLine2: null, city: null, zipcode: null, state: null, country: null };

/** The columns that the caller speaks of. */
export function attributesOf(input: CustomerInput, before: Customer | null): Partial<NewRow<Customer>> {
  const spoken = PLAIN_ATTRIBUTES.filter((name) => input[name] !== undefined).map(
    (name) => [name, input[name] ?? CLEARED[name] ?? null] as const,
  );
  const attributes: Partial<NewRow<Customer>> = Object.fromEntries(spoken);
  if (input.shippingAddress === undefined) return attributes;
  const kept = input.shippingAddress === null ? EMPTY_ADDRESS : (before?.shippingAddress ?? EMPTY_ADDRESS);
  return { ...attributes, shippingAddress: { ...kept, ...input.shippingAddress } };
}
