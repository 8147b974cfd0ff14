import { insertRow } from '../database/rows.ts';
import { jobs, type Job } from '../database/tables/jobs.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** Asks for work in the transaction that made it necessary, so that a crash right after it loses none. */
export async function enqueueJob(context: ServiceContext, tx: Transaction, job: Pick<Job, 'kind' | 'subjectId'>): Promise<void> {
  await insertRow(tx, jobs, { ...job, id: context.random.uuid(), attempts: 0, lastError: null, createdAt: context.clock.now() });
  tx.afterCommit(() => context.jobAdded?.());
}
