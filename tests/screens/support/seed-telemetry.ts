import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export interface SeededMessage {
  readonly id: string;
  readonly sentMs: number;
  readonly body: string;
  readonly result: 'received' | 'timeout' | 'refused';
  readonly httpStatus: number | null;
}

const INSERT = `INSERT INTO "telemetry_messages" ("id", "sent_at", "body", "result", "http_status") VALUES (@id, @sentMs, @body, @result, @httpStatus)`;

/** Puts messages of earlier days into a workspace that nobody has open: the build that is tested knows no collector. */
export function seedTelemetry(folder: string, messages: readonly SeededMessage[]): void {
  const database = new Sqlite(join(folder, 'meterbook.sqlite'));
  try {
    const insert = database.prepare(INSERT);
    for (const message of messages) insert.run(message);
  } finally {
    database.close();
  }
}
