import type { FieldValues } from '../database/tables/logs.ts';
import type { FieldChanges } from './field-changes.ts';

const ADDRESS = ['address_line1', 'address_line2', 'city', 'zipcode', 'state', 'country'];
const LEGAL = ['legal_name', 'legal_number', 'tax_identification_number', 'email', 'phone'];

/**
 * What can be set back by one press: names, descriptions, contact details, metadata and settings, none of which changes an amount, a date or
 * what a customer owes. Rule: ui.md § 3 "Mutations".
 */
const REVERSIBLE: Readonly<Record<string, readonly string[]>> = {
  add_on: ['name', 'description', 'invoice_display_name'],
  api_key: ['name'],
  billable_metric: ['name', 'description'],
  coupon: ['name', 'description'],
  customer: [
    'name',
    'firstname',
    'lastname',
    'customer_type',
    'url',
    'logo_url',
    'external_salesforce_id',
    'shipping_address',
    'metadata',
    'billing_configuration.document_locale',
    ...ADDRESS,
    ...LEGAL,
  ],
  invoice: ['metadata'],
  invoice_custom_section: ['name', 'description', 'display_name', 'details', 'applied_to_organization'],
  organization: [
    'name',
    'email_settings',
    'billing_configuration.invoice_footer',
    'billing_configuration.document_locale',
    ...ADDRESS,
    ...LEGAL,
  ],
  payment_provider: ['name', 'success_redirect_url', 'create_customers'],
  // Its metadata is merged with what is there: a key that came cannot be sent away again.
  plan: ['name', 'description', 'invoice_display_name'],
  request_log: ['stores_bodies'],
  subscription: ['name'],
  tax: ['name', 'description'],
  wallet: ['name'],
  webhook_endpoint: ['name', 'webhook_url', 'signature_algo', 'event_types'],
};

/** What an object shows beside its fields: it follows from them, and nobody sets it. */
const FOLLOWING: Readonly<Record<string, readonly string[]>> = { organization: ['webhook_urls'], customer: ['display_name'] };

/** Whether everything that a change did can be set back without an effect on money. */
export function isReversible(entity: string, changes: FieldChanges): boolean {
  const names = Object.keys(changes.after);
  const allowed = REVERSIBLE[entity] ?? [];
  return names.length > 0 && names.every((name) => allowed.includes(name)) && !isCut(changes.before);
}

/** Fields without those that only follow from others. */
export function ownFields(entity: string, changes: FieldChanges): FieldChanges {
  const following = FOLLOWING[entity] ?? [];
  const own = (fields: FieldValues): FieldValues =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !following.includes(name)));
  return { before: own(changes.before), after: own(changes.after) };
}

/** What was too long to be kept cannot be set back. */
function isCut(fields: FieldValues): boolean {
  return Object.values(fields).includes('…');
}
