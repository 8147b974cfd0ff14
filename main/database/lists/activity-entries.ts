import type { Instant } from '../../../shared/dates.ts';
import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';
import type { Transaction } from '../unit-of-work.ts';

const SOURCE: ListSource = {
  columns: `"id", "occurred_at", "author", "author_name", "action", "entity", "entity_id", "entity_name", "before", "after", "undo_path",
    "undoes_id", "undone_at"`,
  from: `"activity_entries"`,
  sorts: { occurred_at: '"sequence"' },
  unique: '"sequence"',
};

export interface ListedActivity {
  readonly id: string;
  readonly occurred_at: number;
  readonly author: 'key' | 'screen';
  readonly author_name: string | null;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string;
  readonly entity_name: string;
  /** JSON texts. */
  readonly before: string;
  readonly after: string;
  readonly undo_path: string | null;
  readonly undoes_id: string | null;
  readonly undone_at: number | null;
}

export interface ActivityListWish {
  readonly search: string | null;
  readonly entities: readonly string[] | null;
  readonly entityId: string | null;
  readonly authors: readonly string[] | null;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
}

export function listActivityEntries(db: ReadDatabase, wish: ActivityListWish): ListPage<ListedActivity> {
  const conditions: ListCondition[] = [];
  if (wish.search !== null) {
    const name = containsText('"entity_name"', wish.search);
    const author = containsText('"author_name"', wish.search);
    conditions.push({ sql: `${name.sql} OR ${author.sql} OR "entity_id" = ?`, values: [...name.values, ...author.values, wish.search] });
  }
  if (wish.entities !== null) conditions.push(isOneOf('"entity"', wish.entities));
  if (wish.entityId !== null) conditions.push({ sql: '"entity_id" = ?', values: [wish.entityId] });
  if (wish.authors !== null) conditions.push(isOneOf('"author"', wish.authors));
  return readListPage<ListedActivity>(db, SOURCE, { ...wish, sortBy: 'occurred_at', conditions });
}

/** Keeps the newest rows, none older than an instant. */
export function trimActivityEntries(tx: Transaction, keep: { readonly since: Instant; readonly rows: number }): void {
  tx.statement(`DELETE FROM "activity_entries" WHERE "occurred_at" < ?`).run(keep.since.epochMilliseconds);
  tx.statement(`DELETE FROM "activity_entries" WHERE "sequence" <= (SELECT MAX("sequence") FROM "activity_entries") - ?`).run(keep.rows);
}
