import { present } from '../../shared/assert.ts';
import { dateIn, startOfDay } from '../../shared/dates.ts';
import { customerTimeZone, readCustomer, readOrganization } from '../customers/index.ts';
import { listSubscriptionRows, type SubscriptionListFilter } from '../database/lists/subscriptions.ts';
import type { ServiceContext } from '../service-context.ts';
import { readSubscriptionsById, type SubscriptionView } from './subscription-list.ts';

/** A row of the screens' list. */
export interface ListedSubscription {
  readonly view: SubscriptionView;
  readonly customerName: string;
  readonly isOverridden: boolean;
  readonly timeZone: string;
}

export interface SubscriptionPageWish {
  readonly filter: Omit<SubscriptionListFilter, 'organizationId' | 'endingUntilMs'> & { readonly endsWithinDays?: number };
  readonly page: { readonly sortBy: string; readonly isDescending: boolean; readonly after: string | null; readonly limit: number };
}

/** One page of subscriptions in any order that the screens offer. */
export async function listSubscriptionPage(
  context: ServiceContext,
  wish: SubscriptionPageWish,
): Promise<{ readonly rows: readonly ListedSubscription[]; readonly next: string | null; readonly total: number }> {
  const { organizationId } = context;
  const db = context.database.read;
  const organization = await readOrganization(db, organizationId);
  const { endsWithinDays, ...filter } = wish.filter;
  const endingUntilMs = endsWithinDays === undefined ? undefined : endOfDays(context, endsWithinDays, organization.timezone);
  const ending = endingUntilMs === undefined ? {} : { endingUntilMs };
  const found = listSubscriptionRows(db, { ...filter, ...ending, organizationId }, wish.page);
  const views = await readSubscriptionsById(
    context,
    found.rows.map(({ id }) => id),
  );
  const rows = await Promise.all(
    found.rows.map(async (row, index) => ({
      view: present(views[index], 'a row that is listed exists'),
      customerName: row.customerName,
      isOverridden: row.isOverridden === 1,
      timeZone: customerTimeZone(await readCustomer(db, row.customerId), organization),
    })),
  );
  return { rows, next: found.next, total: found.total };
}

function endOfDays(context: ServiceContext, days: number, timeZone: string): number {
  const last = dateIn(context.clock.now(), timeZone).add({ days: days + 1 });
  return startOfDay(last, timeZone).epochMilliseconds - 1;
}
