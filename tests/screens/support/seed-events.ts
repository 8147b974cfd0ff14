import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export interface SeededEvents {
  readonly count: number;
  readonly code: string;
  /** `line-0`, `line-1` and so on, in turn. */
  readonly subscriptions: number;
  /** When the newest one came; each one came a tenth of a second after the one before. */
  readonly newestMs: number;
}

const INSERT = `WITH RECURSIVE "numbers" ("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "numbers" WHERE "n" < @count)
  INSERT INTO "events" ("id", "organization_id", "transaction_id", "external_subscription_id", "code", "timestamp", "properties", "created_at")
  SELECT printf('00000000-0000-4000-8000-%012d', "n"), @organization, 'seeded-' || "n", 'line-' || ("n" % CAST(@subscriptions AS INTEGER)), @code,
    @newest - (@count - "n") * 100, json_object('volume', "n" % 100), @newest - (@count - "n") * 100 FROM "numbers"`;

/** Puts events into a workspace that nobody has open: far more than a test could send. */
export function seedEvents(folder: string, { count, code, subscriptions, newestMs }: SeededEvents): void {
  const database = new Sqlite(join(folder, 'meterbook.sqlite'));
  try {
    // A test's books need no power cut survived.
    database.pragma('synchronous = OFF');
    const { organization } = database.prepare(`SELECT "id" AS "organization" FROM "organizations"`).get() as {
      readonly organization: string;
    };
    database.prepare(INSERT).run({ count, organization, subscriptions, code, newest: newestMs });
    database.prepare(`INSERT INTO "event_codes" VALUES (?, ?, ?, 1, ?)`).run(organization, code, count, count);
  } finally {
    database.close();
  }
}
