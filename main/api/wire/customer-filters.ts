import { hasErrors, invalid, notFound, ok, type Result } from '../../../shared/result.ts';
import { VALUE_IS_INVALID } from '../../../shared/wire/error-codes.ts';
import type { CustomerFilters } from '../../customers/index.ts';
import type { QueryValues } from '../query.ts';

/** What the list of customers can be narrowed to. Rule: api.md § 5. */
export const CUSTOMER_FILTER_KEYS = {
  external_id: 'Exactly this customer',
  search_term: 'Text in name, firstname, lastname, legal_name, external_id or email, in any case; ignored beside external_id',
  'account_type[]': 'customer, partner',
  'currencies[]': 'ISO 4217',
  'countries[]': 'ISO 3166-1 alpha-2',
  'states[]': 'State as stored',
  'zipcodes[]': 'Zip code as stored',
  customer_type: 'company or individual',
  has_customer_type: 'true or false',
  has_tax_identification_number: 'true or false',
  'metadata[key]': 'Value of that key; an empty one asks for customers without the key',
  'billing_entity_codes[]': 'There is the one billing entity `default`',
} as const;

const FLAGS = ['has_customer_type', 'has_tax_identification_number'] as const;

export function readCustomerFilters(query: QueryValues): Result<CustomerFilters> {
  if (query.list('billing_entity_codes')?.some((code) => code !== 'default') === true) return notFound('billing_entity');
  const flags = new Map(FLAGS.map((name) => [name, query.boolean(name)]));
  const errors = Object.fromEntries([...flags].filter(([, value]) => value === 'invalid').map(([name]) => [name, [VALUE_IS_INVALID]]));
  if (hasErrors(errors)) return invalid(errors);
  const flag = (name: (typeof FLAGS)[number]): boolean | undefined => flags.get(name) as boolean | undefined;
  const upperCase = (values: readonly string[] | undefined): readonly string[] | undefined => values?.map((value) => value.toUpperCase());
  return ok({
    externalId: query.text('external_id'),
    searchTerm: query.text('search_term'),
    accountTypes: query.list('account_type'),
    currencies: upperCase(query.list('currencies')),
    countries: upperCase(query.list('countries')),
    states: query.list('states'),
    zipcodes: query.list('zipcodes'),
    customerType: query.text('customer_type'),
    hasCustomerType: flag('has_customer_type'),
    hasTaxIdentificationNumber: flag('has_tax_identification_number'),
    metadata: query.nested('metadata'),
  });
}
