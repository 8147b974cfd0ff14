import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { centsToWire, type Cents } from '../../../shared/money.ts';
import {
  grossRevenueAnswer,
  invoiceCollectionAnswer,
  invoicedUsageAnswer,
  mrrAnswer,
  overdueBalanceAnswer,
} from '../../../shared/wire/analytics.ts';
import {
  grossRevenues,
  invoiceCollections,
  invoicedUsages,
  monthlyRecurringRevenues,
  overdueBalances,
  type ReportRequest,
} from '../../analytics/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route } from '../route.ts';

const tag = 'Analytics';
const REPORT_KEYS = { months: 'The last calendar months, this one included; all when left out', currency: 'ISO 4217 code' };
const KEYS_OF_CUSTOMERS = { ...REPORT_KEYS, external_customer_id: 'The customer' };

/** Reports by month. Rule: api.md § 16. */
export const analyticsRoutes: readonly Route[] = [
  reportRoute('gross_revenue', {
    summary: 'What was invoiced, less refunds',
    plural: 'gross_revenues',
    isOfCustomer: true,
    row: grossRevenueAnswer,
    read: async (context, asked) =>
      (await grossRevenues(context, asked)).map((row) => ({
        ...shared(row),
        invoices_count: row.invoicesCount,
        billing_entity_id: context.organizationId,
      })),
  }),
  reportRoute('mrr', {
    summary: 'Monthly recurring revenue, from subscription fees',
    plural: 'mrrs',
    isOfCustomer: false,
    row: mrrAnswer,
    read: async (context, asked) => (await monthlyRecurringRevenues(context, asked)).map(shared),
  }),
  reportRoute('invoiced_usage', {
    summary: 'What usage was billed, by metric',
    plural: 'invoiced_usages',
    isOfCustomer: false,
    row: invoicedUsageAnswer,
    read: async (context, asked) => (await invoicedUsages(context, asked)).map((row) => ({ ...shared(row), code: row.code })),
  }),
  reportRoute('invoice_collection', {
    summary: 'How much of what was invoiced is paid, waits or failed',
    plural: 'invoice_collections',
    isOfCustomer: false,
    row: invoiceCollectionAnswer,
    read: async (context, asked) =>
      (await invoiceCollections(context, asked)).map((row) => ({
        ...shared(row),
        payment_status: row.paymentStatus,
        invoices_count: row.invoicesCount,
      })),
  }),
  reportRoute('overdue_balance', {
    summary: 'What is overdue, by the month in which it fell due',
    plural: 'overdue_balances',
    isOfCustomer: true,
    row: overdueBalanceAnswer,
    read: async (context, asked) =>
      (await overdueBalances(context, asked)).map((row) => ({
        ...shared(row),
        lago_invoice_ids: row.invoiceIds,
        billing_entity_id: context.organizationId,
      })),
  }),
];

interface ReportOf {
  readonly summary: string;
  /** What the list is called. */
  readonly plural: string;
  readonly isOfCustomer: boolean;
  readonly row: z.ZodType;
  readonly read: (context: ServiceContext, asked: ReportRequest) => Promise<readonly object[]>;
}

function reportRoute(name: string, of: ReportOf): Route {
  return route({
    method: 'get',
    path: `/analytics/${name}`,
    summary: of.summary,
    tag,
    queryKeys: of.isOfCustomer ? KEYS_OF_CUSTOMERS : REPORT_KEYS,
    answer: z.object({ [of.plural]: z.array(of.row) }),
    respond: async ({ context, query }): Promise<Result<unknown>> => {
      const filters = new ListFilters(query);
      const asked: ReportRequest = {
        months: filters.integer('months'),
        currency: filters.currency('currency'),
        externalCustomerId: of.isOfCustomer ? filters.text('external_customer_id') : undefined,
      };
      return filters.refusal() ?? ok({ [of.plural]: await of.read(context, asked) });
    },
  });
}

/** The month is told by its first day, whatever the organization's zone: a reader must not see another month. */
function shared({ month, currency, amountCents }: { readonly month: string; readonly currency: string; readonly amountCents: Cents }) {
  return { month: `${month}-01T00:00:00.000Z`, amount_cents: centsToWire(amountCents), currency };
}
