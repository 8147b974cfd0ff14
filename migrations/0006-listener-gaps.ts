import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // One row: until when somebody was here to take events, by the computer's clock.
  `CREATE TABLE "listener_beats" (
    "id" INTEGER PRIMARY KEY CHECK ("id" = 1),
    "listened_until" INTEGER NOT NULL,
    "is_closed" INTEGER NOT NULL CHECK ("is_closed" IN (0, 1))
  ) STRICT`,
  // Times in which nobody was, and between which events they lie.
  `CREATE TABLE "listener_gaps" (
    "sequence" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "from_at" INTEGER NOT NULL,
    "to_at" INTEGER NOT NULL,
    "reason" TEXT NOT NULL CHECK ("reason" IN ('closed', 'crashed', 'asleep')),
    "after_sequence" INTEGER NOT NULL
  ) STRICT`,
];

export class ListenerGaps implements MigrationInterface {
  readonly name = 'ListenerGaps0000000000006';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward; restore the backup made before the migration'));
  }
}
