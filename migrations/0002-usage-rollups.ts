import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  // What decides how events are summed, counted by the triggers below: whoever keeps a copy in memory sees that it is stale.
  `CREATE TABLE "usage_definitions" (
    "id" INTEGER PRIMARY KEY CHECK ("id" = 1),
    "version" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "event_codes" (
    "organization_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "events_count" INTEGER NOT NULL,
    "first_sequence" INTEGER NOT NULL,
    "last_sequence" INTEGER NOT NULL,
    PRIMARY KEY ("organization_id", "code")
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE "usage_layouts" (
    "id" INTEGER PRIMARY KEY,
    "organization_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "aggregation_type" TEXT NOT NULL,
    "field_name" TEXT,
    "expression" TEXT,
    "tracked_keys" TEXT NOT NULL,
    "status" TEXT NOT NULL CHECK ("status" IN ('building', 'ready', 'obsolete')),
    "built_through" INTEGER NOT NULL,
    "build_until" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "usage_lines" (
    "id" INTEGER PRIMARY KEY,
    "layout_id" INTEGER NOT NULL REFERENCES "usage_layouts" ("id"),
    "external_subscription_id" TEXT NOT NULL,
    "first_slot" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "usage_series" (
    "id" INTEGER PRIMARY KEY,
    "line_id" INTEGER NOT NULL REFERENCES "usage_lines" ("id"),
    "bucket" TEXT NOT NULL,
    "open_slot" INTEGER NOT NULL
  ) STRICT`,
  // In order of time: what a commit touches lies on a few pages, whoever's events it holds.
  `CREATE TABLE "usage_rollups" (
    "layout_id" INTEGER NOT NULL,
    "span" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "line_id" INTEGER NOT NULL,
    "series_id" INTEGER NOT NULL,
    "events_count" INTEGER NOT NULL,
    "last_sequence" INTEGER NOT NULL,
    "falls_count" INTEGER NOT NULL,
    "sum" TEXT,
    "max" TEXT,
    "latest_value" TEXT,
    "latest_at" INTEGER,
    "latest_sequence" INTEGER,
    "weighted_ms" TEXT,
    "precise_amount_cents" TEXT,
    PRIMARY KEY ("layout_id", "span", "slot", "line_id", "series_id")
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE "usage_values" (
    "layout_id" INTEGER NOT NULL,
    "era" INTEGER NOT NULL,
    "series_id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "operation" TEXT NOT NULL CHECK ("operation" IN ('add', 'remove')),
    "at" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    PRIMARY KEY ("layout_id", "era", "series_id", "value", "slot")
  ) STRICT, WITHOUT ROWID`,
];

const INDEXES = [
  `CREATE INDEX "usage_layouts_code" ON "usage_layouts" ("organization_id", "code")`,
  `CREATE UNIQUE INDEX "usage_lines_subscription" ON "usage_lines" ("layout_id", "external_subscription_id")`,
  `CREATE UNIQUE INDEX "usage_series_bucket" ON "usage_series" ("line_id", "bucket")`,
];

const changedVersion = `UPDATE "usage_definitions" SET "version" = "version" + 1`;
/** Only what ingestion looks at: pricing groups decide what is tracked, charges in advance what is billed at once. */
const matters = (row: string): string => `${row}."pay_in_advance" = 1 OR ${row}."properties" LIKE '%"pricing_group_keys"%'`;

const TRIGGERS = [
  `CREATE TRIGGER "usage_metric_created" AFTER INSERT ON "billable_metrics" BEGIN ${changedVersion}; END`,
  `CREATE TRIGGER "usage_metric_removed" AFTER DELETE ON "billable_metrics" BEGIN ${changedVersion}; END`,
  `CREATE TRIGGER "usage_metric_changed" AFTER UPDATE OF "code", "aggregation_type", "field_name", "expression", "filters", "deleted_at" ON "billable_metrics"
    BEGIN ${changedVersion}; END`,
  `CREATE TRIGGER "usage_charge_created" AFTER INSERT ON "charges" WHEN ${matters('NEW')} BEGIN ${changedVersion}; END`,
  `CREATE TRIGGER "usage_charge_removed" AFTER DELETE ON "charges" WHEN ${matters('OLD')} BEGIN ${changedVersion}; END`,
  `CREATE TRIGGER "usage_charge_changed" AFTER UPDATE OF "pay_in_advance", "properties", "deleted_at" ON "charges"
    WHEN ${matters('OLD')} OR ${matters('NEW')} BEGIN ${changedVersion}; END`,
  `CREATE TRIGGER "usage_filter_created" AFTER INSERT ON "charge_filters" WHEN NEW."properties" LIKE '%"pricing_group_keys"%' BEGIN ${changedVersion}; END`,
  `CREATE TRIGGER "usage_filter_changed" AFTER UPDATE OF "properties", "deleted_at" ON "charge_filters"
    WHEN NEW."properties" LIKE '%"pricing_group_keys"%' BEGIN ${changedVersion}; END`,
];

export class UsageRollups implements MigrationInterface {
  readonly name = 'UsageRollups0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...INDEXES, ...TRIGGERS]) await runner.query(statement);
    await runner.query(`INSERT INTO "usage_definitions" ("id", "version") VALUES (1, 1)`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
