import { addCents, cents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { overdueInvoices } from '../database/analytics-queries.ts';
import type { ServiceContext } from '../service-context.ts';
import { isShown, openReport, Places, type ReportRequest } from './report-months.ts';

export interface OverdueBalance {
  readonly month: string;
  readonly currency: string;
  readonly amountCents: Cents;
  readonly invoiceIds: readonly string[];
}

interface Balance {
  readonly amountCents: Cents;
  readonly invoiceIds: readonly string[];
}

const NONE: Balance = { amountCents: ZERO_CENTS, invoiceIds: [] };

/** What is overdue, by the month in which it fell due and currency: totals less what was paid and offset. Rule: api.md § 16. */
export async function overdueBalances(context: ServiceContext, asked: ReportRequest): Promise<readonly OverdueBalance[]> {
  const report = await openReport(context, asked);
  const places = new Places<Balance>();
  for (const row of overdueInvoices(context.database.read, report.scope)) {
    places.add([row.month, row.currency], (total = NONE) => ({
      amountCents: addCents(total.amountCents, cents(row.dueCents)),
      invoiceIds: [...total.invoiceIds, row.invoiceId],
    }));
  }
  const rows = places.inOrder().map(([[month = '', currency = ''], total]) => ({ month, currency, ...total }));
  return rows.filter((row) => isShown(report, row.month));
}
