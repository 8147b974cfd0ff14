import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = [
  // Orders of the customers' list. The expressions are those of main/database/lists/customers.ts, letter for letter.
  `CREATE INDEX "customers_by_creation" ON "customers" ("organization_id", "created_at", "sequence") WHERE "deleted_at" IS NULL`,
  `CREATE INDEX "customers_by_name" ON "customers" ("organization_id", LOWER(COALESCE(NULLIF("name", ''), NULLIF(TRIM(COALESCE("firstname", '') || ' ' || COALESCE("lastname", '')), ''), NULLIF("legal_name", ''), "external_id")), "sequence") WHERE "deleted_at" IS NULL`,
  `CREATE INDEX "customers_by_email" ON "customers" ("organization_id", LOWER(COALESCE("email", '')), "sequence") WHERE "deleted_at" IS NULL`,
  `CREATE INDEX "customers_by_currency" ON "customers" ("organization_id", COALESCE("currency", ''), "sequence") WHERE "deleted_at" IS NULL`,
  `CREATE INDEX "customers_by_country" ON "customers" ("organization_id", "country") WHERE "deleted_at" IS NULL AND "country" IS NOT NULL`,
  // What each customer owes, read from the index alone.
  `CREATE INDEX "invoices_unpaid" ON "invoices" ("customer_id", "currency", "payment_overdue", "total_amount_cents", "total_paid_amount_cents",
    "total_offsetted_credit_note_amount_cents") WHERE "status" = 'finalized' AND "payment_status" <> 'succeeded'`,
];

/** Lists of customers, and what they owe, over many rows. */
export class CustomerLists implements MigrationInterface {
  readonly name = 'CustomerLists0000000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of INDEXES) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
