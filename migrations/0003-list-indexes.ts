import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  // What a subscription line had used before it came here, by the line's first row.
  `CREATE TABLE "lifetime_usages" (
    "subscription_id" TEXT PRIMARY KEY NOT NULL REFERENCES "subscriptions" ("id"),
    "external_historical_usage_amount_cents" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
];

const INDEXES = [
  // Lists in the order of api.md § 1: a page is read from the index, not sorted out of the whole table.
  `CREATE INDEX "fees_listing" ON "fees" ("organization_id", "created_at", "sequence")`,
  `CREATE INDEX "subscriptions_listing" ON "subscriptions" ("organization_id", "subscription_at", "created_at", "sequence")`,
  `CREATE INDEX "credit_notes_listing" ON "credit_notes" ("organization_id", "created_at", "sequence")`,
  // Deleted customers too: their invoices are still found by their external id.
  `CREATE INDEX "customers_any_external_id" ON "customers" ("organization_id", "external_id")`,
];

export class ListIndexes implements MigrationInterface {
  readonly name = 'ListIndexes0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
