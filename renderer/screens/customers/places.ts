import { CURRENCIES } from '../../../shared/currency.ts';
import { COUNTRIES } from '../../../shared/country.ts';
import { DOCUMENT_LOCALES } from '../../../shared/document-locales/document-locale.ts';
import { windowLocale } from '../../format/money.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

function nameOf(kind: 'region' | 'currency' | 'language', code: string, locale = windowLocale()): string {
  return new Intl.DisplayNames([locale], { type: kind, fallback: 'code' }).of(code) ?? code;
}

/** `FR` is `France`. */
export function countryName(code: string): string {
  return COUNTRIES.has(code) ? nameOf('region', code) : code;
}

/** `fr` is `French`. */
export function languageName(locale: string): string {
  return nameOf('language', locale);
}

function byLabel(one: Choice, other: Choice): number {
  return one.label.localeCompare(other.label);
}

export function countryChoices(): Choice[] {
  return [...COUNTRIES].map((code) => ({ value: code, label: nameOf('region', code) })).sort(byLabel);
}

export function currencyChoices(): Choice[] {
  return CURRENCIES.map((code) => ({ value: code, label: `${code} · ${nameOf('currency', code)}` }));
}

export function languageChoices(): Choice[] {
  return DOCUMENT_LOCALES.map((locale) => ({ value: locale, label: languageName(locale) }));
}

/** IANA zones as this window knows them; UTC is not among them everywhere. */
export function timeZoneChoices(current?: string): string[] {
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  if (current !== undefined && current !== '') zones.add(current);
  return [...zones];
}
