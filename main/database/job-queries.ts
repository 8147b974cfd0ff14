import type { ReadDatabase } from './read-database.ts';
import type { Transaction } from './unit-of-work.ts';

/** A job as the queue sees it. */
export interface WaitingJob {
  readonly id: string;
  readonly sequence: number;
  readonly kind: string;
  readonly subjectId: string;
  readonly attempts: number;
}

const JOBS_AFTER = `SELECT "id", "sequence", "kind", "subject_id" AS "subjectId", "attempts" FROM "jobs"
  WHERE "sequence" > ? AND "kind" IN (SELECT "value" FROM json_each(?)) ORDER BY "sequence" LIMIT ?`;

/** The oldest jobs of some kinds after a place in the queue. Asked often, while jobs of other kinds may wait by the thousand. */
export function jobsAfter(
  read: ReadDatabase,
  after: { readonly sequence: number; readonly kinds: readonly string[] },
  limit: number,
): readonly WaitingJob[] {
  return read.select<WaitingJob>(JOBS_AFTER).all(after.sequence, JSON.stringify(after.kinds), limit);
}

export function deleteJob(tx: Transaction, id: string): void {
  tx.statement(`DELETE FROM "jobs" WHERE "id" = ?`).run(id);
}

export function noteFailedJob(tx: Transaction, id: string, lastError: string): void {
  tx.statement(`UPDATE "jobs" SET "attempts" = "attempts" + 1, "last_error" = ? WHERE "id" = ?`).run(lastError, id);
}
