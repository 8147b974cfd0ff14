import { Temporal, isBefore, type Instant } from '../../shared/dates.ts';
import type { ReadDatabase } from '../database/read-database.ts';

/** What is open with a provider and when it is looked at next. */
export type DueKind = 'payment' | 'refund' | 'link';

export interface DueCheck {
  readonly kind: DueKind;
  readonly id: string;
}

const DUE: Readonly<Record<DueKind, string>> = {
  payment: `SELECT "id" FROM "payments" WHERE "next_try_at" IS NOT NULL AND "next_try_at" <= ? ORDER BY "next_try_at" LIMIT ?`,
  refund: `SELECT "id" FROM "refunds" WHERE "next_try_at" IS NOT NULL AND "next_try_at" <= ? ORDER BY "next_try_at" LIMIT ?`,
  link: `SELECT "id" FROM "payment_links" WHERE "next_check_at" IS NOT NULL AND "next_check_at" <= ? ORDER BY "next_check_at" LIMIT ?`,
};
const NEXT: readonly string[] = [
  `SELECT MIN("next_try_at") AS "at" FROM "payments" WHERE "next_try_at" IS NOT NULL`,
  `SELECT MIN("next_try_at") AS "at" FROM "refunds" WHERE "next_try_at" IS NOT NULL`,
  `SELECT MIN("next_check_at") AS "at" FROM "payment_links" WHERE "next_check_at" IS NOT NULL`,
];

/** Everything that is due by now, on the real clock, at most so many of each kind. */
export function dueChecks(db: ReadDatabase, now: Instant, most: number): readonly DueCheck[] {
  return (Object.entries(DUE) as readonly (readonly [DueKind, string])[]).flatMap(([kind, sql]) =>
    db
      .select<{ id: string }>(sql)
      .all(now.epochMilliseconds, most)
      .map(({ id }) => ({ kind, id })),
  );
}

/** When the next one is due; null when nothing is open. */
export function nextDueAt(db: ReadDatabase): Instant | null {
  const instants = NEXT.map((sql) => db.select<{ at: number | null }>(sql).get()?.at ?? null)
    .filter((at) => at !== null)
    .map((at) => Temporal.Instant.fromEpochMilliseconds(at));
  return instants.reduce<Instant | null>((first, at) => (first === null || isBefore(at, first) ? at : first), null);
}
