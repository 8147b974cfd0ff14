import { addCents, cents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { invoicedTotals, loneFeeTotals, refundedTotals } from '../database/analytics-queries.ts';
import type { ServiceContext } from '../service-context.ts';
import { isShown, monthOfSlot, openReport, Places, type ReportRequest } from './report-months.ts';

export interface GrossRevenue {
  readonly month: string;
  readonly currency: string;
  readonly amountCents: Cents;
  readonly invoicesCount: number;
}

interface Revenue {
  readonly amountCents: Cents;
  readonly invoicesCount: number;
}

const NONE: Revenue = { amountCents: ZERO_CENTS, invoicesCount: 0 };

/**
 * What was invoiced by month and currency: totals of final invoices by issuing date, less what was refunded of them, plus fees in advance without
 * an invoice, taxes included. Rule: api.md § 16.
 */
export async function grossRevenues(context: ServiceContext, asked: ReportRequest): Promise<readonly GrossRevenue[]> {
  const report = await openReport(context, asked);
  const db = context.database.read;
  const places = new Places<Revenue>();
  for (const row of invoicedTotals(db, report.scope)) {
    places.add([row.month, row.currency], () => ({ amountCents: cents(row.amountCents), invoicesCount: row.invoicesCount }));
  }
  for (const row of refundedTotals(db, report.scope)) {
    places.add([row.month, row.currency], (total = NONE) => ({
      ...total,
      amountCents: subtractCents(total.amountCents, cents(row.amountCents)),
    }));
  }
  for (const row of loneFeeTotals(db, report.scope)) {
    places.add([monthOfSlot(report, row.slot), row.currency], (total = NONE) => ({
      ...total,
      amountCents: addCents(total.amountCents, cents(row.amountCents)),
    }));
  }
  const rows = places.inOrder().map(([[month = '', currency = ''], total]) => ({ month, currency, ...total }));
  return rows.filter((row) => isShown(report, row.month));
}
