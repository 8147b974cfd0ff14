import type { Page } from '../../shared/page.ts';
import { invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { VALUE_IS_INVALID, VALUE_IS_MANDATORY } from '../../shared/wire/error-codes.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { ServiceContext } from '../service-context.ts';
import { storedEventOf, type EventRow, type StoredEvent } from './stored-event.ts';
import { subscriptionAt, type SubscriptionAt } from './subscription-at.ts';

/** An event with the subscription row that it belongs to; null when none covers its timestamp. */
export interface ListedEvent {
  readonly event: StoredEvent;
  readonly subscription: SubscriptionAt | null;
}

/** The filters of a list of events; all that are given must match. Rule: api.md § 7. */
export interface EventFilter {
  readonly externalSubscriptionId?: string | undefined;
  readonly code?: string | undefined;
  /** Milliseconds since 1970, included. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Only since the subscription's start. */
  readonly sinceStart?: boolean | undefined;
}

const COLUMNS = `"sequence", "id", "transaction_id", "external_subscription_id", "code", "timestamp", "properties",
  "precise_total_amount_cents", "created_at"`;
const IN_ORDER = `ORDER BY "timestamp" DESC, "transaction_id" ASC, "sequence" ASC`;
const LAST_START = `SELECT "started_at" AS "startedMs" FROM "subscriptions" WHERE "organization_id" = ? AND "external_id" = ? AND "started_at" IS NOT NULL
  ORDER BY "status" = 'active' DESC, "started_at" DESC, "sequence" DESC LIMIT 1`;

/** The first event stored under a transaction id, whichever subscription it is for. */
export function findEvent(context: ServiceContext, transactionId: string): Result<ListedEvent> {
  const db = context.database.read;
  const row = db
    .select<EventRow>(`SELECT ${COLUMNS} FROM "events" WHERE "transaction_id" = ? AND "organization_id" = ? ORDER BY "sequence" LIMIT 1`)
    .get(transactionId, context.organizationId);
  return row === undefined ? notFound('event') : ok(listed(db, context.organizationId, row));
}

/** A page of events, latest timestamp first; transaction ids decide between equal ones. */
export function listEvents(
  context: ServiceContext,
  filter: EventFilter,
  page: Page,
): Result<{ readonly rows: readonly ListedEvent[]; readonly totalCount: number }> {
  const db = context.database.read;
  const narrowed = sinceStart(db, context.organizationId, filter);
  if (!narrowed.ok) return narrowed;
  const selections = selectionsOf(db, context.organizationId, narrowed.value);
  const totalCount = selections.reduce((sum, selection) => sum + countRows(db, context.organizationId, selection), 0);
  const rows = page.offset < totalCount ? pageOfRows(db, selections, page) : [];
  return ok({ rows: rows.map((row) => listed(db, context.organizationId, row)), totalCount });
}

/** Several searches are merged; nobody leafs that far by hand that it matters. */
function pageOfRows(db: ReadDatabase, selections: readonly Selection[], { offset, limit }: Page): readonly EventRow[] {
  const [only, second] = selections;
  if (only !== undefined && second === undefined) return readRows(db, only, { offset, limit });
  const merged = selections.flatMap((selection) => readRows(db, selection, { offset: 0, limit: offset + limit }));
  return merged.sort(compareRows).slice(offset, offset + limit);
}

function listed(db: ReadDatabase, organizationId: string, row: EventRow): ListedEvent {
  const event = storedEventOf(row);
  return { event, subscription: subscriptionAt(db, { organizationId, ...event }) };
}

function sinceStart(db: ReadDatabase, organizationId: string, filter: EventFilter): Result<EventFilter> {
  if (filter.sinceStart !== true) return ok(filter);
  if (filter.externalSubscriptionId === undefined) return invalid({ external_subscription_id: [VALUE_IS_MANDATORY] });
  if (filter.fromMs !== undefined) return invalid({ timestamp_from_started_at: [VALUE_IS_INVALID] });
  const start = db.select<{ startedMs: number }>(LAST_START).get(organizationId, filter.externalSubscriptionId);
  return ok({ ...filter, fromMs: start === undefined ? undefined : Math.floor(start.startedMs / 1000) * 1000 });
}

/** One search that an index answers in order. */
interface Selection {
  readonly condition: string;
  readonly values: readonly (string | number)[];
  /** What the counts of codes already tell; null where rows must be counted. */
  readonly code: string | null | undefined;
}

/** Events of one subscription are kept by code and time: without a code each of its codes is searched for itself. */
function selectionsOf(db: ReadDatabase, organizationId: string, filter: EventFilter): readonly Selection[] {
  const { externalSubscriptionId, code } = filter;
  const times = [
    ...(filter.fromMs === undefined ? [] : [{ condition: `"timestamp" >= ?`, value: filter.fromMs }]),
    ...(filter.toMs === undefined ? [] : [{ condition: `"timestamp" <= ?`, value: filter.toMs }]),
  ];
  const select = (conditions: readonly { readonly condition: string; readonly value: string | number }[]): Selection => ({
    condition: [`"organization_id" = ?`, ...[...conditions, ...times].map((each) => each.condition)].join(' AND '),
    values: [organizationId, ...[...conditions, ...times].map((each) => each.value)],
    code: externalSubscriptionId === undefined && times.length === 0 ? (code ?? null) : undefined,
  });
  const ofCode = (value: string) => ({ condition: `"code" = ?`, value });
  if (externalSubscriptionId === undefined) return [select(code === undefined ? [] : [ofCode(code)])];
  const ofLine = { condition: `"external_subscription_id" = ?`, value: externalSubscriptionId };
  const codes = code === undefined ? codesOf(db, organizationId, externalSubscriptionId) : [code];
  return codes.map((each) => select([ofLine, ofCode(each)]));
}

function codesOf(db: ReadDatabase, organizationId: string, externalSubscriptionId: string): readonly string[] {
  const next = db.select<{ code: string }>(
    `SELECT "code" FROM "events" WHERE "organization_id" = ? AND "external_subscription_id" = ? AND "code" > ? ORDER BY "code" LIMIT 1`,
  );
  const codes: string[] = [];
  for (
    let row = next.get(organizationId, externalSubscriptionId, '');
    row !== undefined;
    row = next.get(organizationId, externalSubscriptionId, row.code)
  ) {
    codes.push(row.code);
  }
  return codes;
}

function readRows(db: ReadDatabase, { condition, values }: Selection, { offset, limit }: Pick<Page, 'offset' | 'limit'>): EventRow[] {
  return db
    .select<EventRow>(`SELECT ${COLUMNS} FROM "events" WHERE ${condition} ${IN_ORDER} LIMIT ? OFFSET ?`)
    .all(...values, limit, offset);
}

function countRows(db: ReadDatabase, organizationId: string, { condition, values, code }: Selection): number {
  if (code === undefined) return db.select<{ n: number }>(`SELECT COUNT(*) AS "n" FROM "events" WHERE ${condition}`).get(...values)?.n ?? 0;
  const counted = `SELECT COALESCE(SUM("events_count"), 0) AS "n" FROM "event_codes" WHERE "organization_id" = ?`;
  if (code === null) return db.select<{ n: number }>(counted).get(organizationId)?.n ?? 0;
  return db.select<{ n: number }>(`${counted} AND "code" = ?`).get(organizationId, code)?.n ?? 0;
}

function compareRows(one: EventRow, other: EventRow): number {
  if (one.timestamp !== other.timestamp) return other.timestamp - one.timestamp;
  if (one.transaction_id !== other.transaction_id) return one.transaction_id < other.transaction_id ? -1 : 1;
  return one.sequence - other.sequence;
}
