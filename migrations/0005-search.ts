import type { MigrationInterface, QueryRunner } from 'typeorm';

// What a person may look for by typing: one row per object, kept in step by triggers, so that whoever writes an object is covered.

/** Objects of one kind lie together, newest first: `place` is the kind's number and what the object's own sequence lacks to this. */
const SEQUENCES = 1_099_511_627_775;
const KIND_BITS = 40;

const TABLES = [
  `CREATE TABLE "search_entries" (
    "place" INTEGER PRIMARY KEY,
    "entity" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL
  ) STRICT`,
  // Three letters anywhere, whatever their case and accents. The texts themselves stay in the table above.
  `CREATE VIRTUAL TABLE "search_texts" USING fts5("code", "name", "email", content = 'search_entries', content_rowid = 'place',
    tokenize = 'trigram remove_diacritics 1', columnsize = 0)`,
];

const INDEXES = [
  `CREATE INDEX "search_entries_code" ON "search_entries" ("entity", "code" COLLATE NOCASE)`,
  `CREATE INDEX "search_entries_name" ON "search_entries" ("entity", "name" COLLATE NOCASE) WHERE "name" <> ''`,
  `CREATE INDEX "search_entries_email" ON "search_entries" ("email" COLLATE NOCASE) WHERE "email" <> ''`,
  // What waits for a person, as Home counts it.
  `CREATE INDEX "subscriptions_parked" ON "subscriptions" ("organization_id", "parked_at") WHERE "parked_at" IS NOT NULL`,
  `CREATE INDEX "invoices_payment_failed" ON "invoices" ("organization_id", "issuing_date") WHERE "payment_status" = 'failed' AND "status" = 'finalized'`,
  `CREATE INDEX "webhook_deliveries_failed" ON "webhook_deliveries" ("endpoint_id") WHERE "status" = 'failed'`,
];

const TEXT_TRIGGERS = [
  `CREATE TRIGGER "search_texts_added" AFTER INSERT ON "search_entries" BEGIN
    INSERT INTO "search_texts" ("rowid", "code", "name", "email") VALUES (NEW."place", NEW."code", NEW."name", NEW."email"); END`,
  `CREATE TRIGGER "search_texts_removed" AFTER DELETE ON "search_entries" BEGIN
    INSERT INTO "search_texts" ("search_texts", "rowid", "code", "name", "email")
    VALUES ('delete', OLD."place", OLD."code", OLD."name", OLD."email"); END`,
];

/** A kind of objects. Each text is an expression over the columns, which stand as `{column}`. */
interface Searched {
  readonly table: string;
  readonly entity: string;
  readonly kind: number;
  readonly code: string;
  readonly name?: string;
  readonly email?: string;
  /** Which rows can be found. */
  readonly isShown: string;
}

const SEARCHED: readonly Searched[] = [
  {
    table: 'customers',
    entity: 'customer',
    kind: 1,
    code: '{external_id}',
    name: `COALESCE(NULLIF({name}, ''), TRIM(COALESCE({firstname}, '') || ' ' || COALESCE({lastname}, '')))`,
    email: `COALESCE({email}, '')`,
    isShown: '{deleted_at} IS NULL',
  },
  {
    table: 'subscriptions',
    entity: 'subscription',
    kind: 2,
    code: '{external_id}',
    name: `COALESCE({name}, '')`,
    isShown: '{sequence} > 0',
  },
  { table: 'invoices', entity: 'invoice', kind: 3, code: '{number}', isShown: `{status} NOT IN ('generating', 'closed')` },
  { table: 'plans', entity: 'plan', kind: 4, code: '{code}', name: '{name}', isShown: '{deleted_at} IS NULL AND {parent_id} IS NULL' },
  { table: 'billable_metrics', entity: 'billable_metric', kind: 5, code: '{code}', name: '{name}', isShown: '{deleted_at} IS NULL' },
  { table: 'add_ons', entity: 'add_on', kind: 6, code: '{code}', name: '{name}', isShown: '{deleted_at} IS NULL' },
  { table: 'coupons', entity: 'coupon', kind: 7, code: '{code}', name: '{name}', isShown: '{deleted_at} IS NULL' },
  { table: 'credit_notes', entity: 'credit_note', kind: 8, code: '{number}', isShown: `{status} = 'finalized'` },
];

/** An expression over the columns of a row: `NEW`, `OLD` or the table itself. */
function of(row: string, expression: string): string {
  return expression.replaceAll(/\{(\w+)\}/g, `${row}."$1"`);
}

function placeOf(row: string, { kind }: Searched): string {
  return `((${String(kind)} << ${String(KIND_BITS)}) | (${String(SEQUENCES)} - ${row}."sequence"))`;
}

function fill(row: string, searched: Searched, source: string): string {
  const { entity, code, name = `''`, email = `''`, isShown } = searched;
  return `INSERT INTO "search_entries" ("place", "entity", "code", "name", "email")
    SELECT ${placeOf(row, searched)}, '${entity}', ${of(row, code)}, ${of(row, name)}, ${of(row, email)} ${source} WHERE ${of(row, isShown)}`;
}

function triggersOf(searched: Searched): readonly string[] {
  const { table, code, name = '', email = '', isShown } = searched;
  const columns = [...new Set([...`${code} ${name} ${email} ${isShown}`.matchAll(/\{(\w+)\}/g)].map(([, column]) => `"${column ?? ''}"`))];
  const remove = `DELETE FROM "search_entries" WHERE "place" = ${placeOf('OLD', searched)};`;
  const differs = columns.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ');
  return [
    `CREATE TRIGGER "search_${table}_added" AFTER INSERT ON "${table}" BEGIN ${fill('NEW', searched, '')}; END`,
    `CREATE TRIGGER "search_${table}_changed" AFTER UPDATE OF ${columns.join(', ')} ON "${table}" WHEN ${differs}
      BEGIN ${remove} ${fill('NEW', searched, '')}; END`,
    `CREATE TRIGGER "search_${table}_removed" AFTER DELETE ON "${table}" BEGIN ${remove} END`,
  ];
}

export class Search implements MigrationInterface {
  readonly name = 'Search0000000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...INDEXES, ...TEXT_TRIGGERS]) await runner.query(statement);
    for (const searched of SEARCHED) {
      await runner.query(fill(`"${searched.table}"`, searched, `FROM "${searched.table}"`));
      for (const statement of triggersOf(searched)) await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
