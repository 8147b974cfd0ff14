import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  // No row: nothing was decided, nothing was announced. The id is a row's from the first need on.
  `CREATE TABLE "telemetry_settings" (
    "organization_id" TEXT PRIMARY KEY NOT NULL REFERENCES "organizations" ("id"),
    "is_on" INTEGER NOT NULL,
    "installation_id" TEXT NOT NULL,
    "announced_at" INTEGER,
    "last_try_at" INTEGER
  ) STRICT, WITHOUT ROWID`,
  // What was sent, word for word.
  `CREATE TABLE "telemetry_messages" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "sent_at" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "result" TEXT NOT NULL CHECK ("result" IN ('sending', 'received', 'refused', 'timeout', 'unreachable', 'given_up')),
    "http_status" INTEGER
  ) STRICT`,
];

export class Telemetry implements MigrationInterface {
  readonly name = 'Telemetry0000000000012';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
