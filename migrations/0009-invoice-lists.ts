import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = [
  // The screens' lists by any column: filters, order and count are read from these indexes; rows are fetched for the page alone.
  `DROP INDEX "invoices_listing"`,
  `CREATE INDEX "invoices_listing" ON "invoices" ("organization_id", "issuing_date", "created_at", "sequence",
    "status", "payment_status", "payment_overdue", "invoice_type", "currency", "total_amount_cents", "customer_id", "number", "payment_due_date")`,
  `DROP INDEX "credit_notes_listing"`,
  `CREATE INDEX "credit_notes_listing" ON "credit_notes" ("organization_id", "created_at", "sequence", "status", "issuing_date",
    "credit_status", "refund_status", "reason", "currency", "total_amount_cents", "balance_amount_cents", "customer_id", "invoice_id", "number")`,
  `CREATE INDEX "payments_listing" ON "payments" ("organization_id", "created_at", "sequence", "payable_payment_status", "payment_type",
    "currency", "amount_cents", "customer_id", "invoice_id", "reference", "provider_payment_id")`,
  // A customer's name for many rows.
  `CREATE INDEX "customers_names" ON "customers" ("id", "name", "legal_name", "firstname", "lastname", "external_id")`,
];

/** What the lists of invoices, credit notes and payments are read from. */
export class InvoiceLists implements MigrationInterface {
  readonly name = 'InvoiceLists0000000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of INDEXES) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
