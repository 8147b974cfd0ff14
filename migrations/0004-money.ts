import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE "coupons" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "description" TEXT,
    "coupon_type" TEXT NOT NULL CHECK ("coupon_type" IN ('fixed_amount', 'percentage')),
    "amount_cents" INTEGER,
    "amount_currency" TEXT,
    "percentage_rate" TEXT,
    "frequency" TEXT NOT NULL CHECK ("frequency" IN ('once', 'recurring', 'forever')),
    "frequency_duration" INTEGER,
    "reusable" INTEGER NOT NULL,
    "expiration" TEXT NOT NULL,
    "expiration_at" INTEGER,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "terminated_at" INTEGER,
    "deleted_at" INTEGER
  ) STRICT`,
  `CREATE TABLE "coupon_targets" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "coupon_id" TEXT NOT NULL REFERENCES "coupons" ("id"),
    "plan_id" TEXT REFERENCES "plans" ("id"),
    "billable_metric_id" TEXT REFERENCES "billable_metrics" ("id")
  ) STRICT`,
  `CREATE TABLE "applied_coupons" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "customer_id" TEXT NOT NULL REFERENCES "customers" ("id"),
    "coupon_id" TEXT NOT NULL REFERENCES "coupons" ("id"),
    "status" TEXT NOT NULL CHECK ("status" IN ('active', 'terminated')),
    "amount_cents" INTEGER,
    "amount_currency" TEXT,
    "percentage_rate" TEXT,
    "frequency" TEXT NOT NULL,
    "frequency_duration" INTEGER,
    "frequency_duration_remaining" INTEGER,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "terminated_at" INTEGER
  ) STRICT`,
  `CREATE TABLE "add_ons" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "description" TEXT,
    "invoice_display_name" TEXT,
    "amount_cents" INTEGER NOT NULL,
    "amount_currency" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "deleted_at" INTEGER
  ) STRICT`,
  `CREATE TABLE "add_on_taxes" (
    "owner_id" TEXT NOT NULL REFERENCES "add_ons" ("id"),
    "tax_id" TEXT NOT NULL REFERENCES "taxes" ("id"),
    "position" INTEGER NOT NULL,
    PRIMARY KEY ("owner_id", "tax_id")
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE "applied_add_ons" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "customer_id" TEXT NOT NULL REFERENCES "customers" ("id"),
    "add_on_id" TEXT NOT NULL REFERENCES "add_ons" ("id"),
    "invoice_id" TEXT NOT NULL REFERENCES "invoices" ("id"),
    "amount_cents" INTEGER NOT NULL,
    "amount_currency" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "wallets" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "customer_id" TEXT NOT NULL REFERENCES "customers" ("id"),
    "status" TEXT NOT NULL CHECK ("status" IN ('active', 'terminated')),
    "name" TEXT,
    "code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "rate_amount" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "credits_balance" TEXT NOT NULL,
    "balance_cents" INTEGER NOT NULL,
    "consumed_credits" TEXT NOT NULL,
    "ongoing_balance_cents" INTEGER NOT NULL,
    "ongoing_usage_balance_cents" INTEGER NOT NULL,
    "is_depleted" INTEGER NOT NULL,
    "invoice_requires_successful_payment" INTEGER NOT NULL,
    "paid_top_up_min_amount_cents" INTEGER,
    "paid_top_up_max_amount_cents" INTEGER,
    "fee_types" TEXT NOT NULL,
    "billable_metric_codes" TEXT NOT NULL,
    "purchase_order_number" TEXT,
    "expiration_at" INTEGER,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "terminated_at" INTEGER,
    "sync_at" INTEGER,
    "last_balance_sync_at" INTEGER,
    "last_consumed_credit_at" INTEGER
  ) STRICT`,
  `CREATE TABLE "wallet_transactions" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "wallet_id" TEXT NOT NULL REFERENCES "wallets" ("id"),
    "invoice_id" TEXT REFERENCES "invoices" ("id"),
    "credit_note_id" TEXT REFERENCES "credit_notes" ("id"),
    "voided_invoice_id" TEXT REFERENCES "invoices" ("id"),
    "status" TEXT NOT NULL CHECK ("status" IN ('pending', 'settled', 'failed')),
    "source" TEXT NOT NULL,
    "transaction_type" TEXT NOT NULL CHECK ("transaction_type" IN ('inbound', 'outbound')),
    "transaction_status" TEXT NOT NULL,
    "amount" TEXT NOT NULL,
    "amount_cents" INTEGER NOT NULL,
    "credit_amount" TEXT NOT NULL,
    "remaining_amount_cents" INTEGER,
    "priority" INTEGER NOT NULL,
    "name" TEXT,
    "metadata" TEXT NOT NULL,
    "invoice_requires_successful_payment" INTEGER NOT NULL,
    "purchase_order_number" TEXT,
    "created_at" INTEGER NOT NULL,
    "settled_at" INTEGER,
    "failed_at" INTEGER
  ) STRICT`,
  `CREATE TABLE "recurring_transaction_rules" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "wallet_id" TEXT NOT NULL REFERENCES "wallets" ("id"),
    "trigger" TEXT NOT NULL,
    "interval" TEXT,
    "method" TEXT NOT NULL,
    "threshold_credits" TEXT,
    "target_ongoing_balance" TEXT,
    "grants_target_top_up" INTEGER NOT NULL,
    "ignore_paid_top_up_limits" INTEGER NOT NULL,
    "paid_credits" TEXT NOT NULL,
    "granted_credits" TEXT NOT NULL,
    "started_at" INTEGER,
    "expiration_at" INTEGER,
    "invoice_requires_successful_payment" INTEGER NOT NULL,
    "transaction_name" TEXT,
    "transaction_metadata" TEXT NOT NULL,
    "next_at" INTEGER,
    "created_at" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "payment_providers" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "type" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_key_sealed" TEXT,
    "secret_key_last4" TEXT,
    "mode" TEXT NOT NULL,
    "webhook_secret_sealed" TEXT,
    "success_redirect_url" TEXT,
    "supports3ds" INTEGER NOT NULL,
    "is_verified" INTEGER NOT NULL,
    "event_cursor" INTEGER,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "payments" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "customer_id" TEXT NOT NULL REFERENCES "customers" ("id"),
    "invoice_id" TEXT NOT NULL REFERENCES "invoices" ("id"),
    "payment_type" TEXT NOT NULL CHECK ("payment_type" IN ('manual', 'provider')),
    "amount_cents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "payable_payment_status" TEXT NOT NULL CHECK ("payable_payment_status" IN ('pending', 'processing', 'succeeded', 'failed')),
    "reference" TEXT,
    "provider_code" TEXT,
    "provider_customer_id" TEXT,
    "provider_payment_id" TEXT,
    "provider_payment_method_id" TEXT,
    "next_action" TEXT,
    "error_code" TEXT,
    "attempt" INTEGER,
    "request_body" TEXT,
    "tries" INTEGER NOT NULL,
    "next_try_at" INTEGER,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "provider_events" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "provider_id" TEXT NOT NULL REFERENCES "payment_providers" ("id"),
    "event_type" TEXT NOT NULL,
    "payload" TEXT,
    "received_at" INTEGER NOT NULL,
    "processed_at" INTEGER
  ) STRICT`,
  `CREATE TABLE "payment_links" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "invoice_id" TEXT NOT NULL REFERENCES "invoices" ("id"),
    "provider_code" TEXT NOT NULL,
    "session_id" TEXT,
    "url" TEXT,
    "amount_cents" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "webhook_deliveries" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "endpoint_id" TEXT NOT NULL,
    "webhook_type" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "status" TEXT NOT NULL CHECK ("status" IN ('pending', 'retrying', 'succeeded', 'failed')),
    "attempts" INTEGER NOT NULL,
    "http_status" INTEGER,
    "response" TEXT,
    "next_try_at" INTEGER,
    "last_tried_at" INTEGER,
    "created_at" INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE "webhook_keys" (
    "organization_id" TEXT NOT NULL PRIMARY KEY REFERENCES "organizations" ("id"),
    "hmac_key_sealed" TEXT NOT NULL,
    "private_key_sealed" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE "event_checks" (
    "organization_id" TEXT NOT NULL PRIMARY KEY REFERENCES "organizations" ("id"),
    "checked_at" INTEGER NOT NULL,
    "checked_sequence" INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE "invoice_custom_sections" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "organization_id" TEXT NOT NULL REFERENCES "organizations" ("id"),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT,
    "details" TEXT,
    "applied_to_organization" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "deleted_at" INTEGER
  ) STRICT`,
  `CREATE TABLE "customer_custom_sections" (
    "customer_id" TEXT NOT NULL REFERENCES "customers" ("id"),
    "section_id" TEXT NOT NULL REFERENCES "invoice_custom_sections" ("id"),
    PRIMARY KEY ("customer_id", "section_id")
  ) STRICT, WITHOUT ROWID`,
];

const COLUMNS = [
  `ALTER TABLE "invoice_credits" ADD COLUMN "applied_coupon_id" TEXT REFERENCES "applied_coupons" ("id")`,
  // False while a payment of the invoice is under way.
  `ALTER TABLE "invoices" ADD COLUMN "ready_for_payment_processing" INTEGER NOT NULL DEFAULT 1`,
  // True where whoever made the invoice wants no automatic payment.
  `ALTER TABLE "invoices" ADD COLUMN "skip_psp" INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE "customers" ADD COLUMN "provider_payment_method_id" TEXT`,
  // When the next warning of a planned end is due.
  `ALTER TABLE "subscriptions" ADD COLUMN "next_alert_at" INTEGER`,
  // True in a sandbox that was copied from live books: its messages stay on this machine.
  `ALTER TABLE "webhook_endpoints" ADD COLUMN "is_muted" INTEGER NOT NULL DEFAULT 0`,
];

const INDEXES = [
  `CREATE UNIQUE INDEX "coupons_code" ON "coupons" ("organization_id", "code") WHERE "deleted_at" IS NULL`,
  `CREATE INDEX "coupons_expiration" ON "coupons" ("expiration_at") WHERE "terminated_at" IS NULL AND "expiration_at" IS NOT NULL`,
  `CREATE INDEX "coupon_targets_coupon" ON "coupon_targets" ("coupon_id")`,
  `CREATE INDEX "applied_coupons_customer" ON "applied_coupons" ("customer_id", "status")`,
  `CREATE INDEX "applied_coupons_coupon" ON "applied_coupons" ("coupon_id")`,
  `CREATE INDEX "invoice_credits_applied_coupon" ON "invoice_credits" ("applied_coupon_id")`,
  `CREATE UNIQUE INDEX "add_ons_code" ON "add_ons" ("organization_id", "code") WHERE "deleted_at" IS NULL`,
  `CREATE INDEX "applied_add_ons_customer" ON "applied_add_ons" ("customer_id")`,
  `CREATE UNIQUE INDEX "wallets_code" ON "wallets" ("customer_id", "code") WHERE "status" = 'active'`,
  `CREATE INDEX "wallets_expiration" ON "wallets" ("expiration_at") WHERE "status" = 'active' AND "expiration_at" IS NOT NULL`,
  `CREATE INDEX "wallets_sync" ON "wallets" ("sync_at") WHERE "status" = 'active' AND "sync_at" IS NOT NULL`,
  `CREATE INDEX "wallet_transactions_wallet" ON "wallet_transactions" ("wallet_id")`,
  `CREATE INDEX "wallet_transactions_invoice" ON "wallet_transactions" ("invoice_id") WHERE "invoice_id" IS NOT NULL`,
  `CREATE UNIQUE INDEX "recurring_transaction_rules_wallet" ON "recurring_transaction_rules" ("wallet_id")`,
  `CREATE INDEX "recurring_transaction_rules_next" ON "recurring_transaction_rules" ("next_at") WHERE "next_at" IS NOT NULL`,
  `CREATE UNIQUE INDEX "payment_providers_code" ON "payment_providers" ("organization_id", "code")`,
  `CREATE INDEX "payments_invoice" ON "payments" ("invoice_id")`,
  `CREATE INDEX "payments_customer" ON "payments" ("customer_id")`,
  // One payment of an invoice is under way at a time, and one row stands for each payment of the provider.
  `CREATE UNIQUE INDEX "payments_under_way" ON "payments" ("invoice_id") WHERE "payment_type" = 'provider' AND "payable_payment_status" IN ('pending', 'processing')`,
  `CREATE UNIQUE INDEX "payments_provider_payment" ON "payments" ("provider_payment_id") WHERE "provider_payment_id" IS NOT NULL`,
  `CREATE UNIQUE INDEX "payments_attempt" ON "payments" ("invoice_id", "attempt") WHERE "attempt" IS NOT NULL`,
  `CREATE INDEX "provider_events_waiting" ON "provider_events" ("provider_id") WHERE "processed_at" IS NULL`,
  `CREATE UNIQUE INDEX "payment_links_open" ON "payment_links" ("invoice_id") WHERE "status" = 'open'`,
  `CREATE INDEX "subscriptions_next_alert" ON "subscriptions" ("next_alert_at") WHERE "status" = 'active' AND "next_alert_at" IS NOT NULL`,
  // The next one to send, the next one to try again, and what is still before it of the same object.
  `CREATE INDEX "webhook_deliveries_pending" ON "webhook_deliveries" ("endpoint_id", "sequence") WHERE "status" = 'pending'`,
  `CREATE INDEX "webhook_deliveries_retrying" ON "webhook_deliveries" ("endpoint_id", "next_try_at") WHERE "status" = 'retrying'`,
  `CREATE INDEX "webhook_deliveries_waiting" ON "webhook_deliveries" ("endpoint_id", "object_id", "sequence") WHERE "status" IN ('pending', 'retrying')`,
  `CREATE INDEX "webhook_deliveries_created" ON "webhook_deliveries" ("created_at")`,
  `CREATE UNIQUE INDEX "invoice_custom_sections_code" ON "invoice_custom_sections" ("organization_id", "code") WHERE "deleted_at" IS NULL`,
];

/** Coupons, add-ons, wallets, payments, outgoing webhooks and the sections of documents. */
export class Money implements MigrationInterface {
  readonly name = 'Money0000000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...COLUMNS, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
