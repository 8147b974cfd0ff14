import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order in which the screens list subscriptions unless told: a page is read without sorting all of them. */
export class SubscriptionLists implements MigrationInterface {
  readonly name = 'SubscriptionLists0000000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "subscriptions_started" ON "subscriptions" ("organization_id", COALESCE("started_at", "subscription_at"), "sequence", "status")`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
