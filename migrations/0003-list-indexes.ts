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
  // Lists in the order of api.md § 1: a page, its filters and its count are read from the index; rows are fetched for the page alone.
  `DROP INDEX "invoices_listing"`,
  `CREATE INDEX "invoices_listing" ON "invoices" ("organization_id", "issuing_date", "created_at", "sequence",
    "status", "payment_status", "payment_overdue", "invoice_type", "currency", "total_amount_cents", "customer_id")`,
  // Invoices that are not shown, nor their fees.
  `CREATE INDEX "invoices_hidden" ON "invoices" ("status", "id") WHERE "status" IN ('generating', 'closed')`,
  `CREATE INDEX "fees_listing" ON "fees" ("organization_id", "created_at", "sequence", "invoice_id", "fee_type", "payment_status")`,
  `CREATE INDEX "fees_event_transaction" ON "fees" ("event_transaction_id") WHERE "event_transaction_id" IS NOT NULL`,
  `CREATE INDEX "subscriptions_listing" ON "subscriptions" ("organization_id", "subscription_at", "created_at", "sequence", "status")`,
  `CREATE INDEX "credit_notes_listing" ON "credit_notes" ("organization_id", "created_at", "sequence", "status")`,
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
