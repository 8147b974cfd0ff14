import { decimal, ZERO, type Decimal } from '../../shared/decimal.ts';
import { roundCents, type Cents } from '../../shared/money.ts';
import { invoicedUsageTotals, loneUsageTotals, type UsageRow } from '../database/analytics-queries.ts';
import type { ServiceContext } from '../service-context.ts';
import { isShown, monthOfSlot, openReport, Places, type ReportRequest } from './report-months.ts';

export interface InvoicedUsage {
  readonly month: string;
  /** The metric's. */
  readonly code: string;
  readonly currency: string;
  readonly amountCents: Cents;
}

/**
 * What usage was billed by month, metric and currency, less its share of the coupons and before tax: by the issuing date of the invoice, or by
 * when a fee without one was made. Rule: api.md § 16.
 */
export async function invoicedUsages(context: ServiceContext, asked: ReportRequest): Promise<readonly InvoicedUsage[]> {
  const report = await openReport(context, asked);
  const db = context.database.read;
  const places = new Places<Decimal>();
  const add = (month: string, row: UsageRow): void => {
    places.add([month, row.code, row.currency], (total = ZERO) => total.plus(billed(row)));
  };
  for (const row of invoicedUsageTotals(db, report.scope)) add(row.month, row);
  for (const row of loneUsageTotals(db, report.scope)) add(monthOfSlot(report, row.slot), row);
  const rows = places.inOrder().map(([[month = '', code = '', currency = ''], total]) => {
    return { month, code, currency, amountCents: roundCents(total) };
  });
  return rows.filter((row) => isShown(report, row.month));
}

function billed(row: UsageRow): Decimal {
  return decimal(row.amountCents).minus(decimal(row.coupons).times(row.feesCount));
}
