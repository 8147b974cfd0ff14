import type { ReactElement } from 'react';
import { box, boxWith, line } from './document-elements.ts';
import { customSections, footerBox } from './document-footer.ts';
import type { DocumentFormat } from './document-format.ts';
import { amountRow, keysRow, partiesRow, titleRow } from './document-header.ts';
import type { FeePart, InvoiceSnapshot, SubscriptionPart } from './document-snapshot.ts';
import { styles } from './document-styles.ts';
import { invoiceTotals, totalsTable } from './document-totals.ts';
import { feeRows, sumFees, totalLabel } from './fee-rows.ts';
import { feeTable, type FeeGroup } from './fee-table.ts';
import type { LogoImage } from './logo-image.ts';
import { subscriptionSummary } from './subscription-summary.ts';
import { fillText } from '../../../shared/document-locales/catalogues.ts';

/** Where the law wants the words "tax invoice". Rule: invoicing.md § 11, "Title". */
const TAX_INVOICE_COUNTRIES = ['AU', 'AE', 'NZ', 'ID', 'SG'];

/** The content of an invoice's pages, top to bottom. Rule: invoicing.md § 11. */
export function invoiceLayout(invoice: InvoiceSnapshot, format: DocumentFormat, logo: LogoImage | null): (ReactElement | null)[] {
  const { texts } = format;
  const [onlySubscription, ...moreSubscriptions] = invoice.subscriptions;
  const hasSummary = moreSubscriptions.length > 0;
  const lines =
    onlySubscription === undefined
      ? []
      : hasSummary
        ? [subscriptionSummary(invoice.subscriptions, format)]
        : [subscriptionTitle(onlySubscription.displayName), subscriptionTable(onlySubscription, format)];
  return [
    titleRow(invoiceTitle(invoice, format), logo),
    keysRow(
      [
        [texts.invoiceNumber, invoice.number],
        [texts.purchaseOrderNumber, invoice.purchaseOrderNumber],
        [texts.issueDate, format.day(invoice.issuingDate)],
        [texts.paymentTerm, format.paymentTerm(invoice.netPaymentTermDays)],
      ],
      invoice.customer.metadata,
    ),
    partiesRow(invoice.organization, invoice.customer, format),
    amountRow(format.money(invoice.totalCents), fillText(texts.due, { date: format.day(invoice.paymentDueDate) })),
    ...lines,
    invoice.otherFees.length === 0 ? null : otherFeesTable(invoice.otherFees, format),
    totalsTable(invoiceTotals(invoice, format)),
    ...customSections(invoice.customSections),
    footerBox(invoice.organization.footer),
    ...(hasSummary ? invoice.subscriptions.flatMap((subscription, index) => subscriptionDetails(subscription, index === 0, format)) : []),
  ];
}

export function invoiceTitle({ invoiceType, organization }: InvoiceSnapshot, { texts }: DocumentFormat): string {
  if (invoiceType === 'credit') return texts.advanceInvoice;
  return organization.address.country !== null && TAX_INVOICE_COUNTRIES.includes(organization.address.country)
    ? texts.taxInvoice
    : texts.invoice;
}

/** Several subscriptions: the first page sums them up, the following ones hold their lines. */
function subscriptionDetails(subscription: SubscriptionPart, startsPage: boolean, format: DocumentFormat): ReactElement[] {
  const title = fillText(format.texts.detailsOf, { subscription: subscription.displayName });
  const total = { label: totalLabel(subscription.displayName, format), amount: format.money(sumFees(subscription.fees)) };
  return [subscriptionTitle(title, startsPage), box({}, subscriptionTable(subscription, format, total))];
}

/** A title stays with the head of its table and a first row. */
function subscriptionTitle(title: string, startsPage = false): ReactElement {
  return boxWith({ startsPage, isUnbroken: true, keepAhead: 90 }, {}, line(styles.sectionTitle, title));
}

function subscriptionTable(
  subscription: SubscriptionPart,
  format: DocumentFormat,
  total?: { label: string; amount: string },
): ReactElement {
  const groups = feeGroups(subscription, format);
  return feeTable({ groups, unitTitles: format.texts, ...(total === undefined ? {} : { total }) }, format);
}

/** Fees stand under the days they cover: a plan paid in advance has two spans, its own and its charges'. */
function feeGroups(subscription: SubscriptionPart, format: DocumentFormat): FeeGroup[] {
  const groups: { title: string; rows: FeeGroup['rows'] }[] = [];
  for (const fee of subscription.fees) {
    const period = fee.period ?? (fee.kind === 'charge' ? subscription.chargesPeriod : subscription.period);
    const title = period === null ? '' : format.feesOf(period);
    const rows = feeRows(fee, format);
    const last = groups.at(-1);
    if (last?.title === title) last.rows = [...last.rows, ...rows];
    else groups.push({ title, rows });
  }
  return groups;
}

function otherFeesTable(fees: readonly FeePart[], format: DocumentFormat): ReactElement {
  const { texts } = format;
  const areCredits = fees.every(({ kind }) => kind === 'credit');
  const unitTitles = areCredits ? { units: texts.credits, unitPrice: texts.ratePerCredit } : texts;
  const rows = fees.flatMap((fee) => feeRows(fee, format));
  return feeTable({ groups: [{ title: '', rows }], unitTitles }, format);
}
