import { formatInstant } from '../../../shared/dates.ts';
import type { TaxAnswer, TaxEndpointAnswer } from '../../../shared/wire/tax.ts';
import type { Tax } from '../../catalog/index.ts';

/** A tax as it stands inside other objects. */
export function serializeTax(tax: Tax): TaxAnswer {
  return {
    lago_id: tax.id,
    name: tax.name,
    code: tax.code,
    rate: tax.rate.toNumber(),
    description: tax.description,
    applied_to_organization: tax.appliedToOrganization,
    add_ons_count: 0,
    customers_count: 0,
    plans_count: 0,
    charges_count: 0,
    commitments_count: 0,
    created_at: formatInstant(tax.createdAt),
  };
}

/** A tax as its own endpoints answer it. */
export function serializeTaxEndpoint(tax: Tax): TaxEndpointAnswer {
  return { ...serializeTax(tax), applied_to_billing_entities_codes: tax.appliedToOrganization ? ['default'] : [] };
}
