import type { ReactElement } from 'react';
import { fillText } from '../../../shared/document-locales/catalogues.ts';
import { boxWith, cell } from './document-elements.ts';
import type { DocumentFormat } from './document-format.ts';
import type { CreditNoteSnapshot, InvoiceSnapshot, TaxRow } from './document-snapshot.ts';
import { styles } from './document-styles.ts';

export interface TotalsRow {
  readonly weight: 'plain' | 'sub_total' | 'total' | 'under_total';
  readonly label: string;
  readonly amount: string;
}

/** Fees → coupons → taxes → credit notes → wallets, as the invoice was computed. Rule: invoicing.md § 11, "Totals". */
export function invoiceTotals(invoice: InvoiceSnapshot, format: DocumentFormat): TotalsRow[] {
  const { texts } = format;
  const coupons = invoice.coupons.map(({ name, value, amountCents }) => ({
    label: fillText(texts.couponRow, {
      name,
      value: 'percentageRate' in value ? format.rate(value.percentageRate) : format.money(value.amountCents),
    }),
    amount: format.deduction(amountCents),
  }));
  const creditNotes = invoice.creditNotes.map(({ number, amountCents }) => ({
    label: fillText(texts.creditNoteRow, { number }),
    amount: format.deduction(amountCents),
  }));
  const credits = [
    ...deductionRow(texts.freeCredits, invoice.prepaidGrantedCreditCents, format),
    ...deductionRow(texts.prepaidCredits, invoice.prepaidPurchasedCreditCents, format),
  ];
  return [
    ...coupons.map(plain),
    { weight: 'sub_total', label: texts.subTotalExcludingTax, amount: format.money(invoice.subTotalExcludingTaxesCents) },
    ...taxRows(invoice.taxes, format),
    { weight: 'sub_total', label: texts.subTotalIncludingTax, amount: format.money(invoice.subTotalIncludingTaxesCents) },
    ...[...creditNotes, ...credits].map(plain),
    { weight: 'total', label: texts.total, amount: format.money(invoice.totalCents) },
  ];
}

/** The note's amount, then where it goes: later invoices, back to the payer, or off its own invoice. */
export function creditNoteTotals(note: CreditNoteSnapshot, format: DocumentFormat): TotalsRow[] {
  const { texts } = format;
  const parts = [
    [texts.creditedToBalance, note.creditCents],
    [texts.refunded, note.refundCents],
    [fillText(texts.offsetOnInvoice, { number: note.invoiceNumber }), note.offsetCents],
  ] as const;
  return [
    ...deductionRow(texts.couponsAdjustment, note.couponsAdjustmentCents, format).map(plain),
    { weight: 'sub_total', label: texts.subTotalExcludingTax, amount: format.money(note.subTotalExcludingTaxesCents) },
    ...taxRows(note.taxes, format),
    { weight: 'total', label: texts.totalCredited, amount: format.money(note.totalCents) },
    ...parts
      .filter(([, amount]) => BigInt(amount) !== 0n)
      .map(([label, amount]) => ({ weight: 'under_total' as const, label, amount: format.money(amount) })),
  ];
}

function taxRows(taxes: readonly TaxRow[], format: DocumentFormat): TotalsRow[] {
  const { texts } = format;
  if (taxes.length === 0) return [plain({ label: fillText(texts.noTaxRow, { rate: format.rate('0') }), amount: format.money('0') })];
  return taxes.map(({ name, rate, baseCents, amountCents }) =>
    plain({
      label: fillText(texts.taxRow, { name, rate: format.rate(rate), base: format.money(baseCents) }),
      amount: format.money(amountCents),
    }),
  );
}

function deductionRow(label: string, amount: string, format: DocumentFormat): { label: string; amount: string }[] {
  return BigInt(amount) === 0n ? [] : [{ label, amount: format.deduction(amount) }];
}

function plain(row: { readonly label: string; readonly amount: string }): TotalsRow {
  return { ...row, weight: 'plain' };
}

/** More than this (many coupons, long names) may break over pages: what is unbroken and taller than a page would be cut. */
const UNBROKEN_ROWS = 20;
const UNBROKEN_LETTERS = 800;

export function totalsTable(rows: readonly TotalsRow[]): ReactElement {
  const letters = rows.map(({ label }) => label).join('').length;
  return boxWith({ isUnbroken: rows.length <= UNBROKEN_ROWS && letters <= UNBROKEN_LETTERS }, styles.totals, ...rows.map(totalsRow));
}

function totalsRow({ weight, label, amount }: TotalsRow): ReactElement {
  const { row, text } = {
    plain: { row: styles.totalsRow, text: styles.totalsLabel },
    sub_total: { row: styles.subTotalRow, text: styles.subTotalLabel },
    total: { row: styles.grandTotalRow, text: styles.grandTotalLabel },
    under_total: { row: styles.underTotalRow, text: styles.totalsLabel },
  }[weight];
  return boxWith({ isUnbroken: true }, row, cell(text, label), cell(styles.totalsAmount, amount));
}
