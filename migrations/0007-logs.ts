import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  // Calls of the public API, bounded by what is kept of them.
  `CREATE TABLE "api_requests" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "occurred_at" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "api_key_id" TEXT,
    "caller_name" TEXT,
    "error_code" TEXT,
    "error_details" TEXT,
    "request_body" TEXT,
    "response_body" TEXT
  ) STRICT`,
  // Accepted posts of events are counted, not listed.
  `CREATE TABLE "event_post_counts" (
    "hour_at" INTEGER PRIMARY KEY NOT NULL,
    "posts" INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE "request_log_settings" (
    "organization_id" TEXT PRIMARY KEY NOT NULL REFERENCES "organizations" ("id"),
    "stores_bodies" INTEGER NOT NULL,
    "kept_days" INTEGER NOT NULL,
    "kept_rows" INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // Who changed what, with the fields before and after.
  `CREATE TABLE "activity_entries" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "occurred_at" INTEGER NOT NULL,
    "author" TEXT NOT NULL CHECK ("author" IN ('key', 'screen')),
    "author_name" TEXT,
    "api_key_id" TEXT,
    "request_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "entity_name" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "undo_path" TEXT,
    "undoes_id" TEXT,
    "undone_at" INTEGER
  ) STRICT`,
];

const COLUMNS = [
  `ALTER TABLE "api_keys" ADD COLUMN "last_used_at" INTEGER`,
  // How long the last try took.
  `ALTER TABLE "webhook_deliveries" ADD COLUMN "duration_ms" INTEGER`,
  // Whether new customers that name no provider are made at this one too.
  `ALTER TABLE "payment_providers" ADD COLUMN "creates_customers" INTEGER NOT NULL DEFAULT 0`,
];

const INDEXES = [
  `CREATE INDEX "api_requests_occurred" ON "api_requests" ("occurred_at")`,
  `CREATE INDEX "activity_entries_occurred" ON "activity_entries" ("occurred_at")`,
  `CREATE INDEX "activity_entries_object" ON "activity_entries" ("entity_id", "sequence")`,
  `CREATE INDEX "webhook_deliveries_listing" ON "webhook_deliveries" ("status", "sequence")`,
  `CREATE INDEX "webhook_deliveries_object" ON "webhook_deliveries" ("object_id", "sequence")`,
];

/** What was called, changed and sent: the logs that developers look into. */
export class Logs implements MigrationInterface {
  readonly name = 'Logs0000000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...COLUMNS, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
