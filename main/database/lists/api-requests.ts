import type { Instant } from '../../../shared/dates.ts';
import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';
import type { Transaction } from '../unit-of-work.ts';

export const API_REQUEST_SORTS = ['occurred_at', 'duration_ms', 'status'] as const;

const SOURCE: ListSource = {
  columns: `"id", "occurred_at", "method", "path", "query", "status", "duration_ms", "api_key_id", "caller_name", "error_code"`,
  from: `"api_requests"`,
  // In order of arrival: two calls of one millisecond have an order, too.
  sorts: { occurred_at: '"sequence"', duration_ms: '"duration_ms"', status: '"status"' },
  unique: '"sequence"',
};

export interface ListedRequest {
  readonly id: string;
  readonly occurred_at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly duration_ms: number;
  readonly api_key_id: string | null;
  readonly caller_name: string | null;
  readonly error_code: string | null;
}

export type StatusClass = '2xx' | '3xx' | '4xx' | '5xx';

export interface RequestListWish {
  readonly search: string | null;
  readonly methods: readonly string[] | null;
  readonly statusClasses: readonly StatusClass[] | null;
  readonly apiKeyId: string | null;
  readonly sortBy: string;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
}

export function listApiRequests(db: ReadDatabase, wish: RequestListWish): ListPage<ListedRequest> {
  const conditions: ListCondition[] = [];
  if (wish.search !== null) {
    const path = containsText('"path"', wish.search);
    conditions.push({ sql: `${path.sql} OR "id" = ? OR "error_code" = ?`, values: [...path.values, wish.search, wish.search] });
  }
  if (wish.methods !== null) conditions.push(isOneOf('"method"', wish.methods));
  if (wish.statusClasses !== null) conditions.push(isOfClass(wish.statusClasses));
  if (wish.apiKeyId !== null) conditions.push({ sql: '"api_key_id" = ?', values: [wish.apiKeyId] });
  return readListPage<ListedRequest>(db, SOURCE, { ...wish, conditions });
}

function isOfClass(classes: readonly StatusClass[]): ListCondition {
  return { sql: `"status" / 100 IN (${classes.map(() => '?').join(', ')})`, values: classes.map((one) => Number(one[0])) };
}

/** Keeps the newest rows, none older than an instant. */
export function trimApiRequests(tx: Transaction, keep: { readonly since: Instant; readonly rows: number }): void {
  tx.statement(`DELETE FROM "api_requests" WHERE "occurred_at" < ?`).run(keep.since.epochMilliseconds);
  tx.statement(`DELETE FROM "api_requests" WHERE "sequence" <= (SELECT MAX("sequence") FROM "api_requests") - ?`).run(keep.rows);
  tx.statement(`DELETE FROM "event_post_counts" WHERE "hour_at" < ?`).run(keep.since.epochMilliseconds);
}

export function countEventPosts(tx: Transaction, hourAtMs: number, posts: number): void {
  tx.statement(
    `INSERT INTO "event_post_counts" ("hour_at", "posts") VALUES (?, ?) ON CONFLICT ("hour_at") DO UPDATE SET "posts" = "posts" + excluded."posts"`,
  ).run(hourAtMs, posts);
}

/** Posts of events that were accepted in the hours from an instant on. */
export function eventPostsSince(db: ReadDatabase, since: Instant): number {
  const counted = db
    .select<{ readonly posts: number }>(`SELECT COALESCE(SUM("posts"), 0) AS "posts" FROM "event_post_counts" WHERE "hour_at" >= ?`)
    .get(since.epochMilliseconds);
  return counted?.posts ?? 0;
}

export function noteKeyUse(tx: Transaction, apiKeyId: string, at: Instant): void {
  tx.statement(`UPDATE "api_keys" SET "last_used_at" = ? WHERE "id" = ?`).run(at.epochMilliseconds, apiKeyId);
}
