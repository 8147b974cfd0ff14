import type { AdvanceEventHook } from '../../main/usage/index.ts';
import { EventIngestion } from '../../main/usage/index.ts';
import { billableMetrics, chargeFilters, charges, type ChargeFilter, type MetricFilter } from '../../main/database/tables/catalog.ts';
import { updateRows } from '../../main/database/rows.ts';
import { Books } from '../support/books.ts';
import { CREATED_AT } from '../support/billing-rows.ts';

/** Books with a way in for events. */
export interface UsageBooks {
  readonly books: Books;
  ingestion: EventIngestion;
  close(): Promise<void>;
}

export async function openUsageBooks(
  now = '2023-05-10T10:00:00Z',
  onAdvanceEvent: AdvanceEventHook = () => Promise.resolve(),
): Promise<UsageBooks> {
  const books = await Books.open(now);
  const opened: UsageBooks = {
    books,
    ingestion: new EventIngestion(books.context, onAdvanceEvent),
    close: async () => {
      await opened.ingestion.close();
      await books.close();
    },
  };
  return opened;
}

/** The stored events as [subscription, transaction id], in order of arrival. */
export function storedEvents({ books }: UsageBooks): readonly (readonly [string, string])[] {
  return books.context.database.read
    .select<{ s: string; t: string }>('SELECT "external_subscription_id" AS "s", "transaction_id" AS "t" FROM "events" ORDER BY "sequence"')
    .all()
    .map(({ s, t }) => [s, t] as const);
}

export async function chargeFilter(
  { books }: UsageBooks,
  changes: Pick<ChargeFilter, 'chargeId' | 'filterValues'> & Partial<ChargeFilter>,
): Promise<string> {
  const id = books.nextId();
  await books.insert(chargeFilters, {
    id,
    properties: { amount: '1' },
    invoiceDisplayName: null,
    createdAt: CREATED_AT,
    deletedAt: null,
    ...changes,
  });
  return id;
}

export async function setMetricFilters({ books }: UsageBooks, metricId: string, filters: readonly MetricFilter[]): Promise<void> {
  await books.context.database.unitOfWork.write('change test metric', (tx) =>
    updateRows(tx, billableMetrics, { where: { id: metricId }, set: { filters } }),
  );
}

export async function setChargeProperties(
  { books }: UsageBooks,
  chargeId: string,
  properties: Readonly<Record<string, unknown>>,
): Promise<void> {
  await books.context.database.unitOfWork.write('change test charge', (tx) =>
    updateRows(tx, charges, { where: { id: chargeId }, set: { properties } }),
  );
}
