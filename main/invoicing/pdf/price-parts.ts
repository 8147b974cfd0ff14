import { currencyCode } from '../../../shared/currency.ts';
import { Decimal, decimal, isDecimalText, sumDecimals, ZERO } from '../../../shared/decimal.ts';
import { fillText } from '../../../shared/document-locales/catalogues.ts';
import { unitsToCents } from '../../../shared/money.ts';
import type { DocumentFormat } from './document-format.ts';
import type { FeePart } from './document-snapshot.ts';

/** A tier, a package row or a rate row: texts as printed. */
export interface PricePart {
  readonly label: string;
  readonly units: string;
  readonly unitPrice: string;
  readonly amount: string;
}

/** A part before it is printed; `price` is text already, because a rate is a price too. */
interface ExactPart {
  readonly label: string;
  readonly units: Decimal | null;
  readonly price: string;
  /** In currency units. */
  readonly amount: Decimal;
}

type Details = Readonly<Record<string, unknown>>;

/**
 * What a fee's amount is made of, one row per tier, package or rate part, free units as zero rows.
 * Empty for models with one price, and where the stored details do not add up to the amount (the fee of a single
 * event is a difference of two prices): a document never shows arithmetic that is wrong.
 * Rule: invoicing.md § 11, "Lines"; pricing.md § 5, "Unit price and details".
 */
export function priceParts(fee: FeePart, format: DocumentFormat): PricePart[] {
  const parts = exactParts(fee, format);
  if (!addsUpTo(parts, fee, format)) return [];
  return parts.map(({ label, units, price, amount }) => ({
    label,
    units: units === null ? '' : format.units(units.toFixed()),
    unitPrice: price,
    amount: format.money(roundToCents(amount, format).toString()),
  }));
}

function exactParts(fee: FeePart, format: DocumentFormat): ExactPart[] {
  const details: Details = fee.amountDetails;
  switch (fee.chargeModel) {
    case 'graduated':
      return listOf(details['graduated_ranges']).flatMap((tier) => tierParts(tier, format.price(textOf(tier, 'per_unit_amount')), format));
    case 'graduated_percentage':
      return listOf(details['graduated_percentage_ranges']).flatMap((tier) => tierParts(tier, format.rate(textOf(tier, 'rate')), format));
    case 'volume':
      return volumeParts(fee, format);
    case 'package':
      return packageParts(fee, format);
    case 'percentage':
      return percentageParts(fee, format);
    case 'standard':
    case 'dynamic':
    case null:
    // A snapshot of a later version may name a model that this one does not know: its fee is printed as one line.
    default:
      return [];
  }
}

function tierParts(tier: Details, price: string, format: DocumentFormat): ExactPart[] {
  const units = numberOf(tier, 'units');
  const part = { label: tierLabel(tier, format), units, price, amount: numberOf(tier, 'per_unit_total_amount') };
  return [part, ...flatPart(numberOf(tier, 'flat_unit_amount'), format)];
}

/** `0..10` → first 10 units; `11..20` → units 11 to 20; `21..` → units from 21. */
function tierLabel(tier: Details, format: DocumentFormat): string {
  const first = numberOf(tier, 'from_value');
  const isFirst = first.lte(1);
  const from = format.units(first.toFixed());
  if (tier['to_value'] === null || tier['to_value'] === undefined) {
    return isFirst ? format.texts.allUnits : fillText(format.texts.unitsFrom, { from });
  }
  const to = format.units(textOf(tier, 'to_value'));
  return isFirst ? fillText(format.texts.firstUnits, { to }) : fillText(format.texts.unitsFromTo, { from, to });
}

function flatPart(flat: Decimal, format: DocumentFormat): ExactPart[] {
  if (flat.isZero()) return [];
  return [{ label: format.texts.flatFee, units: decimal('1'), price: format.price(flat.toFixed()), amount: flat }];
}

function volumeParts(fee: FeePart, format: DocumentFormat): ExactPart[] {
  const details = fee.amountDetails;
  if (details['per_unit_amount'] === undefined) return [];
  const price = format.price(textOf(details, 'per_unit_amount'));
  const perUnit = { label: format.texts.allUnits, units: decimal(fee.units), price, amount: numberOf(details, 'per_unit_total_amount') };
  return [perUnit, ...flatPart(numberOf(details, 'flat_unit_amount'), format)];
}

/** A package counts from its first unit. Rule: package, free units first (pricing.md § 5). */
function packageParts(fee: FeePart, format: DocumentFormat): ExactPart[] {
  const details = fee.amountDetails;
  const size = numberOf(details, 'per_package_size');
  if (size.lte(0)) return [];
  const price = numberOf(details, 'per_package_unit_amount');
  const packages = numberOf(details, 'paid_units').div(size).ceil();
  const label = fillText(format.texts.packagesOf, { size: format.units(size.toFixed()) });
  const free = Decimal.min(numberOf(details, 'free_units'), decimal(fee.units));
  return [
    ...freePart(format.texts.freeUnits, free, format),
    { label, units: packages, price: format.price(price.toFixed()), amount: packages.times(price) },
  ];
}

function percentageParts(fee: FeePart, format: DocumentFormat): ExactPart[] {
  const details = fee.amountDetails;
  if (details['rate'] === undefined) return [];
  const { texts } = format;
  const rate = format.rate(textOf(details, 'rate'));
  const fixedAmount = numberOf(details, 'fixed_fee_total_amount');
  const adjustment = numberOf(details, 'min_max_adjustment_total_amount');
  const hasFixedFee = !numberOf(details, 'fixed_fee_unit_amount').isZero();
  return [
    ...freePart(texts.freeUnits, numberOf(details, 'free_units'), format),
    {
      label: fillText(texts.chargedAtRate, { rate }),
      units: numberOf(details, 'paid_units'),
      price: rate,
      amount: numberOf(details, 'per_unit_total_amount'),
    },
    ...(hasFixedFee ? freePart(texts.freeTransactions, numberOf(details, 'free_events'), format) : []),
    ...(hasFixedFee ? [fixedFeePart(details, fixedAmount, format)] : []),
    ...(adjustment.isZero() ? [] : [{ label: texts.transactionLimitsAdjustment, units: null, price: '', amount: adjustment }]),
  ];
}

/** Paid per event, per unit or once: the count is shown where it explains the amount. */
function fixedFeePart(details: Details, amount: Decimal, format: DocumentFormat): ExactPart {
  const price = numberOf(details, 'fixed_fee_unit_amount');
  const counts = [numberOf(details, 'paid_events'), numberOf(details, 'paid_units'), decimal('1')];
  const units = counts.find((count) => count.times(price).eq(amount)) ?? null;
  return { label: format.texts.fixedFee, units, price: format.price(price.toFixed()), amount };
}

function freePart(label: string, units: Decimal, format: DocumentFormat): ExactPart[] {
  return units.lte(0) ? [] : [{ label, units, price: format.price('0'), amount: ZERO }];
}

/** A cent of difference is left to the rounding of stored details. */
function addsUpTo(parts: readonly ExactPart[], fee: FeePart, format: DocumentFormat): boolean {
  const difference = roundToCents(sumDecimals(parts.map(({ amount }) => amount)), format) - BigInt(fee.amountCents);
  return difference >= -1n && difference <= 1n;
}

function roundToCents(amount: Decimal, format: DocumentFormat): bigint {
  return unitsToCents(amount, currencyCode(format.currency));
}

// Details are JSON of the database: numbers come as text or as numbers, and older fees may lack a key.

function listOf(value: unknown): Details[] {
  return Array.isArray(value) ? value.filter((entry): entry is Details => typeof entry === 'object' && entry !== null) : [];
}

function textOf(details: Details, key: string): string {
  const value = details[key];
  const text = typeof value === 'number' ? new Decimal(String(value)).toFixed() : value;
  return typeof text === 'string' && isDecimalText(text) ? text : '0';
}

function numberOf(details: Details, key: string): Decimal {
  return decimal(textOf(details, key));
}
