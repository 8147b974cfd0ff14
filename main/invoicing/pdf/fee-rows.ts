import { fillText } from '../../../shared/document-locales/catalogues.ts';
import { ALL_FILTER_VALUES } from '../../billing/facts.ts';
import { decimal, sumDecimals, ZERO, type Decimal } from '../../../shared/decimal.ts';
import type { DocumentFormat } from './document-format.ts';
import type { CreditNoteItem, FeePart, FeeSubject } from './document-snapshot.ts';
import { priceParts } from './price-parts.ts';

/** One line of a fee table; empty cells are empty text. */
export interface FeeRow {
  /** `part` is a tier, a package row or a rate row of the fee above it. */
  readonly kind: 'fee' | 'part';
  readonly label: string;
  /** Small print under the label. */
  readonly notes: readonly string[];
  readonly units: string;
  readonly unitPrice: string;
  readonly taxRate: string;
  readonly amount: string;
}

/** The rows of one fee: itself, then what its amount is made of. Rule: invoicing.md § 11, "Lines". */
export function feeRows(fee: FeePart, format: DocumentFormat): FeeRow[] {
  const parts = fee.isTrueUp ? [] : priceParts(fee, format);
  const fees: FeeRow = {
    kind: 'fee',
    label: feeLabel(fee, format),
    notes: feeNotes(fee, format),
    units: format.units(fee.units),
    // Where the parts have prices of their own, an average beside them would only confuse.
    unitPrice: parts.length > 0 ? '' : format.price(fee.unitAmount),
    taxRate: format.rate(sumRates(fee.taxRates)),
    amount: format.money(fee.amountCents),
  };
  return [fees, ...parts.map((part) => ({ ...part, kind: 'part' as const, notes: [], taxRate: '' }))];
}

/** A credit note's item: named like its fee, with the amount that is taken back. */
export function creditNoteItemRow(item: CreditNoteItem, format: DocumentFormat): FeeRow {
  const notes = [item.subscriptionDisplayName ?? '', item.period === null ? '' : format.range(item.period)].filter((note) => note !== '');
  return {
    kind: 'fee',
    label: feeLabel(item, format),
    notes: [...notes.slice(0, 1).map((first) => [first, ...notes.slice(1)].join(' · ')), ...bucketNotes(item, format)],
    units: '',
    unitPrice: '',
    taxRate: format.rate(sumRates(item.taxRates)),
    amount: format.money(item.amountCents),
  };
}

function feeLabel(fee: FeeSubject, format: DocumentFormat): string {
  const name = fee.name ?? defaultName(fee, format);
  const filtered = fee.filterDisplayName === null ? name : `${name} · ${fee.filterDisplayName}`;
  return fee.isTrueUp ? `${filtered} – ${format.texts.trueUp}` : filtered;
}

function defaultName(fee: FeeSubject, { texts }: DocumentFormat): string {
  const names = {
    subscription: texts.subscriptionFee,
    charge: texts.usage,
    commitment: texts.minimumCommitment,
    add_on: texts.addOn,
    credit: texts.walletCredits,
  } as const;
  return names[fee.kind];
}

function feeNotes(fee: FeePart, format: DocumentFormat): string[] {
  const dates = fee.kind === 'add_on' && fee.period !== null ? [format.range(fee.period)] : [];
  const description = fee.description === null || fee.description.trim() === '' ? [] : [fee.description];
  return [...description, ...dates, ...bucketNotes(fee, format), ...(fee.isProrated ? [format.texts.proratedNote] : [])];
}

/** What tells this bucket of a charge from its others: the filter's values, or the key that stands for all of them, and the group's. */
function bucketNotes(fee: FeeSubject, format: DocumentFormat): string[] {
  const named = fee.filters.map(({ key, values }) => (values.includes(ALL_FILTER_VALUES) ? key : `${key}: ${values.join(', ')}`));
  const filters = fee.filterDisplayName === null ? named : [];
  const groups = fee.groupedBy.map(({ key, value }) => `${key}: ${value ?? format.texts.noValue}`);
  const notes = [...filters, ...groups];
  return notes.length === 0 ? [] : [notes.join(' · ')];
}

function sumRates(rates: readonly string[]): string {
  return sumDecimals(rates.map((rate): Decimal => decimal(rate))).toFixed();
}

/** Sums a subscription's fees for its summary line. */
export function sumFees(fees: readonly FeePart[]): string {
  return fees.reduce((sum, fee) => sum.plus(decimal(fee.amountCents)), ZERO).toFixed();
}

export function totalLabel(displayName: string, format: DocumentFormat): string {
  return fillText(format.texts.totalOf, { subscription: displayName });
}
