import { cents, type Cents } from '../../shared/money.ts';
import { collectionTotals } from '../database/analytics-queries.ts';
import type { ServiceContext } from '../service-context.ts';
import { isShown, openReport, Places, type ReportRequest } from './report-months.ts';

export interface InvoiceCollection {
  readonly month: string;
  readonly paymentStatus: string;
  readonly currency: string;
  readonly invoicesCount: number;
  readonly amountCents: Cents;
}

/** How much of what was invoiced in a month is paid, waits or failed; without invoices whose dispute was lost. Rule: api.md § 16. */
export async function invoiceCollections(context: ServiceContext, asked: ReportRequest): Promise<readonly InvoiceCollection[]> {
  const report = await openReport(context, asked);
  const places = new Places<Pick<InvoiceCollection, 'invoicesCount' | 'amountCents'>>();
  for (const row of collectionTotals(context.database.read, report.scope)) {
    const total = { invoicesCount: row.invoicesCount, amountCents: cents(row.amountCents) };
    places.add([row.month, row.paymentStatus, row.currency], () => total);
  }
  const rows = places.inOrder().map(([[month = '', paymentStatus = '', currency = ''], total]) => {
    return { month, paymentStatus, currency, ...total };
  });
  return rows.filter((row) => isShown(report, row.month));
}
