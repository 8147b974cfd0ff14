import { Temporal, type Instant } from '../../shared/dates.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import { readUpcomingGroups, readUpcomingGroupOf, type UpcomingGroup } from '../database/lists/upcoming-invoices.ts';
import type { ServiceContext } from '../service-context.ts';
import { previewInvoice } from './preview-invoice.ts';

/** The running subscriptions of a customer that fall due together. */
export interface UpcomingBilling extends UpcomingGroup {
  readonly billingAt: Instant;
}

/** A page of what falls due next, soonest first. `after` is the `next` of the page before. */
export function listUpcoming(
  context: ServiceContext,
  wish: { readonly customerId?: string | undefined; readonly after: string | null; readonly limit: number },
): { readonly rows: readonly UpcomingBilling[]; readonly next: string | null; readonly total: number } {
  const { database, organizationId } = context;
  const page = readUpcomingGroups(database.read, { ...wish, organizationId });
  return { ...page, rows: page.rows.map(withInstant) };
}

/** What a subscription falls due with. */
export function findUpcoming(context: ServiceContext, subscriptionId: string): Result<UpcomingBilling> {
  const group = readUpcomingGroupOf(context.database.read, context.organizationId, subscriptionId);
  return group === null ? notFound('subscription') : ok(withInstant(group));
}

/** The invoice that will be made when it falls due, with the usage known now; null where there would be none. Nothing is stored. */
export async function previewUpcoming<Shown>(
  context: ServiceContext,
  billing: UpcomingBilling,
  show: (inside: ServiceContext, invoiceId: string) => Promise<Result<Shown>>,
): Promise<{ readonly shown: Shown; readonly madeIds: ReadonlySet<string> } | null> {
  const externalIds = billing.subscriptions.map(({ externalId }) => externalId);
  const previewed = await previewInvoice(
    context,
    {
      customer: { externalId: billing.externalCustomerId },
      planCode: null,
      billingTime: undefined,
      subscriptionAt: undefined,
      coupons: [],
      subscriptions: { externalIds, planCode: null, terminatedAt: null },
    },
    show,
  );
  return previewed.ok ? previewed.value : null;
}

function withInstant(group: UpcomingGroup): UpcomingBilling {
  return { ...group, billingAt: Temporal.Instant.fromEpochMilliseconds(group.billingAtMs) };
}
