import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where an add-on was applied, and how often. */
const INDEX = `CREATE INDEX "fees_add_on" ON "fees" ("item_id") WHERE "fee_type" = 'add_on'`;

export class AddOnFees implements MigrationInterface {
  readonly name = 'AddOnFees0000000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEX);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
