import type { ReadDatabase } from './read-database.ts';
import type { Transaction } from './unit-of-work.ts';

/** What a workspace keeps when its books are emptied: who its owner is, how it is reached, and what counts its own changes. */
const KEPT: ReadonlySet<string> = new Set([
  'organizations',
  'api_keys',
  'workspace_settings',
  'webhook_endpoints',
  'webhook_keys',
  'payment_providers',
  'invoice_custom_sections',
  'usage_definitions',
  'telemetry_settings',
  'telemetry_messages',
  'migrations',
]);

const IS_EMPTY = `SELECT NOT EXISTS (SELECT 1 FROM "customers") AND NOT EXISTS (SELECT 1 FROM "invoices") AND NOT EXISTS (SELECT 1 FROM "events")
  AND NOT EXISTS (SELECT 1 FROM "billable_metrics" WHERE "deleted_at" IS NULL) AND NOT EXISTS (SELECT 1 FROM "plans" WHERE "deleted_at" IS NULL)
  AND NOT EXISTS (SELECT 1 FROM "add_ons" WHERE "deleted_at" IS NULL) AND NOT EXISTS (SELECT 1 FROM "coupons" WHERE "deleted_at" IS NULL)
  AND NOT EXISTS (SELECT 1 FROM "taxes" WHERE "deleted_at" IS NULL) AS "isEmpty"`;

/** Whether nobody has sold anything yet, or described what is sold. */
export function areBooksEmpty(db: ReadDatabase): boolean {
  return db.select<{ isEmpty: number }>(IS_EMPTY).get()?.isEmpty === 1;
}

const DOCUMENT_FILES = `SELECT "document_file" AS "name" FROM "invoices" WHERE "document_file" IS NOT NULL
  UNION ALL SELECT "document_file" FROM "credit_notes" WHERE "document_file" IS NOT NULL`;

/** The files that the books name. */
export function documentFilesOf(db: ReadDatabase): readonly string[] {
  return db
    .select<{ name: string }>(DOCUMENT_FILES)
    .all()
    .map(({ name }) => name);
}

/**
 * Takes everything out of the books, final invoices too, which no other way leads out of. Triggers that guard rows against deletion are
 * taken away and put back in the same transaction.
 */
export function emptyBooks(tx: Transaction): void {
  // Rows point to each other in circles: looked at when everything is gone.
  tx.statement('PRAGMA defer_foreign_keys = ON').run();
  const guards = tx.select<{ name: string; sql: string }>(GUARDS).all();
  for (const { name } of guards) tx.statement(`DROP TRIGGER "${name}"`).run();
  for (const { name } of tx.select<{ name: string }>(PLAIN_TABLES).all()) {
    if (!KEPT.has(name)) tx.statement(`DELETE FROM "${name}"`).run();
  }
  for (const { sql } of guards) tx.statement(sql).run();
}

const GUARDS = `SELECT "name", "sql" FROM "sqlite_schema" WHERE "type" = 'trigger' AND "name" IN ('invoices_kept', 'fees_kept')`;
/** Not the tables in which a full-text index keeps itself: triggers see to those. */
const PLAIN_TABLES = `SELECT "name" FROM pragma_table_list WHERE "schema" = 'main' AND "type" = 'table' AND "name" NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;
