import { propertyText } from '../../billing/aggregation/property-text.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import { storedEventOf, type EventRow, type StoredEvent } from '../stored-event.ts';

/** What a user looks for among events; all that is given must match. Times are those of reception. */
export interface EventSearch {
  readonly code?: string | undefined;
  /** External ids, any of them. */
  readonly subscriptions?: readonly string[] | undefined;
  readonly transactionId?: string | undefined;
  /** A property that the event has, with this value when one is given. */
  readonly property?: { readonly key: string; readonly value: string | null } | undefined;
  /** Anywhere in code, subscription, transaction id or properties. */
  readonly text?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** Arrivals from one (included) down to another (not included). */
export interface ArrivalRange {
  readonly below: number;
  readonly above: number;
}

const COLUMNS = `"sequence", "id", "transaction_id", "external_subscription_id", "code", "timestamp", "properties",
  "precise_total_amount_cents", "created_at"`;

interface SearchCondition {
  readonly sql: string;
  readonly values: readonly string[];
}

function conditionsOf(search: EventSearch): readonly SearchCondition[] {
  const { code, subscriptions, transactionId, property, text } = search;
  return [
    ...(code === undefined ? [] : [{ sql: `"code" = ?`, values: [code] }]),
    ...(transactionId === undefined ? [] : [{ sql: `"transaction_id" = ?`, values: [transactionId] }]),
    ...(subscriptions === undefined
      ? []
      : [{ sql: `"external_subscription_id" IN (${subscriptions.map(() => '?').join(', ')})`, values: subscriptions }]),
    // A first sieve, by the text of the JSON; what the property really is is read from those that pass.
    ...(property === undefined ? [] : [{ sql: `instr("properties", ?) > 0`, values: [JSON.stringify(property.key)] }]),
    ...(text === undefined ? [] : [textCondition(text)]),
  ];
}

function textCondition(text: string): SearchCondition {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const columns = ['code', 'external_subscription_id', 'transaction_id', 'properties'];
  return { sql: `(${columns.map((column) => `"${column}" LIKE ? ESCAPE '\\'`).join(' OR ')})`, values: columns.map(() => pattern) };
}

function hasProperty({ properties }: StoredEvent, wanted: NonNullable<EventSearch['property']>): boolean {
  if (!Object.hasOwn(properties, wanted.key)) return false;
  return wanted.value === null || propertyText(properties[wanted.key]) === wanted.value;
}

/** A run of events, and where the next one begins. */
export interface EventChunk {
  readonly events: readonly StoredEvent[];
  /** Everything from here on has been looked at; equal to the range's `above` when all was. */
  readonly lookedDownTo: number;
}

/** The newest events of a range that match, at most so many rows of the table. */
export function readNewestEvents(
  db: ReadDatabase,
  of: { readonly organizationId: string; readonly search: EventSearch; readonly range: ArrivalRange; readonly limit: number },
): EventChunk {
  const { organizationId, search, range, limit } = of;
  const conditions = conditionsOf(search);
  const where = [`"sequence" < ?`, `"sequence" > ?`, `"organization_id" = ?`, ...conditions.map(({ sql }) => sql)].join(' AND ');
  const rows = db
    // In the order of arrival, whatever the filter: a page is found after a few rows, or the range ends.
    .select<EventRow>(`SELECT ${COLUMNS} FROM "events" NOT INDEXED WHERE ${where} ORDER BY "sequence" DESC LIMIT ?`)
    .all(range.below, range.above, organizationId, ...conditions.flatMap(({ values }) => values), limit);
  return chunkOf(rows, search, { range, limit });
}

/** The same by the index of subscriptions, or of transaction ids: for what is rare among all events. */
export function readIndexedEvents(
  db: ReadDatabase,
  of: { readonly organizationId: string; readonly search: EventSearch; readonly range: ArrivalRange; readonly limit: number },
): EventChunk {
  const { organizationId, search, range, limit } = of;
  const conditions = conditionsOf(search);
  const index = search.transactionId === undefined ? 'events_usage' : 'events_transaction';
  const keys = conditionsOf({
    ...search,
    property: undefined,
    text: undefined,
    ...(index === 'events_transaction' ? { code: undefined } : {}),
  });
  const where = [`"organization_id" = ?`, ...keys.map(({ sql }) => sql), `"sequence" < ?`, `"sequence" > ?`].join(' AND ');
  // The index alone tells which arrivals match; only those of one run are fetched.
  const arrivals = `SELECT "sequence" FROM "events" INDEXED BY "${index}" WHERE ${where} ORDER BY "sequence" DESC LIMIT ?`;
  const rows = db
    .select<EventRow>(
      `SELECT ${COLUMNS} FROM "events" WHERE "sequence" IN (${arrivals}) AND ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY "sequence" DESC`,
    )
    .all(
      organizationId,
      ...keys.flatMap(({ values }) => values),
      range.below,
      range.above,
      limit,
      ...conditions.flatMap(({ values }) => values),
    );
  // Where a sieve beyond the index took rows away, the run may have gone further down than its last row: then one looks again from there.
  const isSieved =
    search.property !== undefined || search.text !== undefined || (index === 'events_transaction' && search.code !== undefined);
  if (!isSieved) return chunkOf(rows, search, { range, limit });
  const lowest = db
    .select<{ lowest: number | null; count: number }>(`SELECT MIN("sequence") AS "lowest", COUNT(*) AS "count" FROM (${arrivals})`)
    .get(organizationId, ...keys.flatMap(({ values }) => values), range.below, range.above, limit);
  const isWhole = lowest === undefined || lowest.count < limit;
  return { events: matching(rows, search), lookedDownTo: isWhole ? range.above : (lowest.lowest ?? range.above) };
}

function chunkOf(rows: readonly EventRow[], search: EventSearch, of: { readonly range: ArrivalRange; readonly limit: number }): EventChunk {
  const last = rows.at(-1);
  return { events: matching(rows, search), lookedDownTo: rows.length < of.limit || last === undefined ? of.range.above : last.sequence };
}

function matching(rows: readonly EventRow[], { property }: EventSearch): readonly StoredEvent[] {
  const events = rows.map(storedEventOf);
  return property === undefined ? events : events.filter((event) => hasProperty(event, property));
}

/** One event by its arrival; null when there is none. */
export function readEventAt(db: ReadDatabase, organizationId: string, sequence: number): StoredEvent | null {
  const row = db
    .select<EventRow>(`SELECT ${COLUMNS} FROM "events" WHERE "sequence" = ? AND "organization_id" = ?`)
    .get(sequence, organizationId);
  return row === undefined ? null : storedEventOf(row);
}

/** Arrival of the newest event; 0 before the first. */
export function newestArrival(db: ReadDatabase): number {
  return db.select<{ newest: number | null }>(`SELECT MAX("sequence") AS "newest" FROM "events"`).get()?.newest ?? 0;
}

/** The first arrival that was received at an instant or later; times of reception grow with arrivals, so that halving finds it. */
export function firstArrivalSince(db: ReadDatabase, receivedMs: number): number {
  const from = db.select<{ sequence: number; createdMs: number }>(
    `SELECT "sequence", "created_at" AS "createdMs" FROM "events" WHERE "sequence" >= ? ORDER BY "sequence" LIMIT 1`,
  );
  let low = 1;
  let high = newestArrival(db) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = from.get(middle);
    if (row === undefined || row.createdMs >= receivedMs) high = middle;
    else low = row.sequence + 1;
  }
  return low;
}

/** How many events match, where the counts of codes tell; null elsewhere. */
export function knownTotal(db: ReadDatabase, organizationId: string, search: EventSearch): number | null {
  const { code, ...others } = search;
  if (Object.values<unknown>(others).some((value) => value !== undefined)) return null;
  const counted = `SELECT COALESCE(SUM("events_count"), 0) AS "count" FROM "event_codes" WHERE "organization_id" = ?`;
  const row =
    code === undefined
      ? db.select<{ count: number }>(counted).get(organizationId)
      : db.select<{ count: number }>(`${counted} AND "code" = ?`).get(organizationId, code);
  return row?.count ?? 0;
}

/** External ids of a customer's subscriptions. */
export function subscriptionsOfCustomer(db: ReadDatabase, organizationId: string, externalCustomerId: string): readonly string[] {
  return db
    .select<{ externalId: string }>(
      `SELECT DISTINCT "s"."external_id" AS "externalId" FROM "subscriptions" "s" JOIN "customers" "c" ON "c"."id" = "s"."customer_id"
       WHERE "c"."organization_id" = ? AND "c"."external_id" = ?`,
    )
    .all(organizationId, externalCustomerId)
    .map(({ externalId }) => externalId);
}
