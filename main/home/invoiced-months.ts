import { dateIn } from '../../shared/dates.ts';
import { ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { grossRevenues } from '../analytics/index.ts';
import { readOrganization } from '../customers/index.ts';
import type { ServiceContext } from '../service-context.ts';

/** What was invoiced in one currency in this month and in the one before. */
export interface InvoicedMonths {
  readonly currency: string;
  readonly month: string;
  readonly amountCents: Cents;
  readonly invoicesCount: number;
  readonly previousMonth: string;
  readonly previousAmountCents: Cents;
}

/** Gross revenue of two months in every currency that has any; the organization's own stands first, with nothing too. Rule: ui.md § 4.1. */
export async function invoicedMonths(context: ServiceContext): Promise<readonly InvoicedMonths[]> {
  const organization = await readOrganization(context.database.read, context.organizationId);
  const thisMonth = dateIn(context.clock.now(), organization.timezone).toPlainYearMonth();
  const month = thisMonth.toString();
  const previousMonth = thisMonth.subtract({ months: 1 }).toString();
  const rows = await grossRevenues(context, { months: 2 });
  const currencies = [...new Set([organization.defaultCurrency, ...rows.map(({ currency }) => currency)])];
  return currencies.map((currency) => {
    const rowOf = (of: string) => rows.find((row) => row.currency === currency && row.month === of);
    const amountCents = rowOf(month)?.amountCents ?? ZERO_CENTS;
    const previousAmountCents = rowOf(previousMonth)?.amountCents ?? ZERO_CENTS;
    const invoicesCount = rowOf(month)?.invoicesCount ?? 0;
    return { currency, month, amountCents, invoicesCount, previousMonth, previousAmountCents };
  });
}
