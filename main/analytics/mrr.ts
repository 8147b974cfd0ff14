import { dateIn, Temporal } from '../../shared/dates.ts';
import { decimal, ZERO, type Decimal } from '../../shared/decimal.ts';
import { roundCents, type Cents } from '../../shared/money.ts';
import { invoicedSubscriptionFees, type MonthText, type SubscriptionFeeRow } from '../database/analytics-queries.ts';
import type { ServiceContext } from '../service-context.ts';
import { isShown, openReport, Places, type ReportRequest } from './report-months.ts';

export interface MonthlyRecurringRevenue {
  readonly month: string;
  readonly currency: string;
  readonly amountCents: Cents;
}

const WEEKS_A_YEAR = 52;
const MONTHS_A_YEAR = 12;

/**
 * Recurring revenue by month and currency, from the subscription fees of final invoices, less coupons and before tax. A monthly fee counts in
 * the month of its issuing date; one for several months is spread evenly over as many, from that month on when it was paid in advance, up to it
 * in arrears; of weekly fees each subscription's average of the month counts 52 ÷ 12 times. Rule: api.md § 16.
 */
export async function monthlyRecurringRevenues(context: ServiceContext, asked: ReportRequest): Promise<readonly MonthlyRecurringRevenue[]> {
  const report = await openReport(context, asked);
  const places = new Places<Decimal>();
  const add = (share: MonthShare, currency: string): void => {
    places.add([share.month, currency], (total = ZERO) => total.plus(share.amount));
  };
  const byInterval = Map.groupBy(invoicedSubscriptionFees(context.database.read, report.scope), (fee) => fee.interval === 'weekly');
  for (const fee of byInterval.get(false) ?? []) {
    for (const share of sharesOf(fee)) add(share, fee.currency);
  }
  const weekly = Map.groupBy(byInterval.get(true) ?? [], (fee) => `${fee.subscriptionId} ${issuingMonth(fee).toString()} ${fee.currency}`);
  for (const fees of weekly.values()) {
    const [first] = fees;
    if (first !== undefined) add({ month: issuingMonth(first).toString(), amount: monthOfWeeks(fees) }, first.currency);
  }
  const rows = places.inOrder().map(([[month = '', currency = ''], total]) => ({ month, currency, amountCents: roundCents(total) }));
  return rows.filter((row) => isShown(report, row.month));
}

interface MonthShare {
  readonly month: MonthText;
  /** Cents with fractions. */
  readonly amount: Decimal;
}

function sharesOf(fee: SubscriptionFeeRow): readonly MonthShare[] {
  const count = coveredMonths(fee);
  const amount = amountOf(fee).div(count);
  const issued = issuingMonth(fee);
  const first = fee.payInAdvance === 1 ? issued : issued.subtract({ months: count - 1 });
  return Array.from({ length: count }, (_, index) => ({ month: first.add({ months: index }).toString(), amount }));
}

/** How many months a fee is for; a begun one is a whole one. */
function coveredMonths(fee: SubscriptionFeeRow): number {
  if (fee.interval === 'monthly') return 1;
  const day = (epochMs: number) => dateIn(Temporal.Instant.fromEpochMilliseconds(epochMs), fee.timeZone);
  const length = day(fee.fromAt).until(day(fee.toAt).add({ days: 1 }), { largestUnit: 'month' });
  return Math.max(length.months + (length.days > 0 ? 1 : 0), 1);
}

function monthOfWeeks(fees: readonly SubscriptionFeeRow[]): Decimal {
  const total = fees.reduce((sum, fee) => sum.plus(amountOf(fee)), ZERO);
  return total.div(fees.length).times(WEEKS_A_YEAR).div(MONTHS_A_YEAR);
}

function amountOf(fee: SubscriptionFeeRow): Decimal {
  return decimal(fee.amountCents).minus(decimal(fee.coupons));
}

function issuingMonth(fee: SubscriptionFeeRow): Temporal.PlainYearMonth {
  return Temporal.PlainDate.from(fee.issuingDate).toPlainYearMonth();
}
