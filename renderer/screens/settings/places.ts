import { COUNTRIES } from '../../../shared/country.ts';
import { CURRENCIES } from '../../../shared/currency.ts';
import { DOCUMENT_LOCALES } from '../../../shared/document-locales/document-locale.ts';
import { windowLocale } from '../../format/money.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

function nameOf(kind: 'region' | 'currency' | 'language', code: string): string {
  return new Intl.DisplayNames([windowLocale()], { type: kind, fallback: 'code' }).of(code) ?? code;
}

export function countryChoices(): Choice[] {
  const choices = [...COUNTRIES].map((code) => ({ value: code, label: nameOf('region', code) }));
  return choices.sort((one, other) => one.label.localeCompare(other.label));
}

export function currencyChoices(): Choice[] {
  return CURRENCIES.map((code) => ({ value: code, label: `${code} · ${nameOf('currency', code)}` }));
}

/** The languages that documents can have. */
export function languageChoices(): Choice[] {
  return DOCUMENT_LOCALES.map((locale) => ({ value: locale, label: nameOf('language', locale) }));
}

export function timeZoneChoices(current: string): string[] {
  return [...new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')])];
}
