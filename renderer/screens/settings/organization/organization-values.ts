import type { OrganizationAnswer } from '../../../../shared/wire/organization.ts';
import { orNull } from '../organization-query.ts';

const TEXTS = [
  'legal_name',
  'legal_number',
  'tax_identification_number',
  'email',
  'phone',
  'address_line1',
  'address_line2',
  'zipcode',
  'city',
  'state',
] as const;

type TextName = (typeof TEXTS)[number];

export interface OrganizationValues extends Record<TextName, string>, Record<string, unknown> {
  readonly name: string;
  readonly country: string | null;
  readonly default_currency: string;
  readonly timezone: string;
}

export function valuesOf(organization: OrganizationAnswer): OrganizationValues {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, organization[name] ?? ''])) as Record<TextName, string>;
  const { name, country, default_currency, timezone } = organization;
  return { ...texts, name, country, default_currency, timezone };
}

/** What a form has left empty is cleared. */
export function inputOf(values: OrganizationValues): Readonly<Record<string, unknown>> {
  const { name, country, default_currency, timezone } = values;
  return { name, country, default_currency, timezone, ...Object.fromEntries(TEXTS.map((text) => [text, orNull(values[text])])) };
}
