import type { Database } from '../database/connections.ts';
import { deleteJob, jobsAfter, noteFailedJob, type WaitingJob } from '../database/job-queries.ts';
import type { Logger } from '../ports/logger.ts';

/** Does one kind of job. It must bear being called again for work that is already done. */
export type JobHandler = (subjectId: string) => Promise<void>;

export interface JobQueueParts {
  readonly database: Database;
  readonly logger: Logger;
  /** What does the work, by `kind`. A job of a kind that nobody does waits. */
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** After so many failures a job waits for the next start of the program; 8 unless told. Work that waits for a network has no end. */
  readonly attemptsPerRun?: number;
}

const PARALLEL_JOBS = 2;
const READ_AHEAD = 100;
const ATTEMPTS_PER_RUN = 8;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
/** Rows are looked for at most this often, however many commits there are. */
const NUDGE_MS = 20;
/** Finds rows that nobody nudged about. */
const PATROL_MS = 2_000;

/** Takes rows of `jobs` after they were committed and has them done, oldest first, two at a time. */
export class JobQueue {
  readonly #parts: JobQueueParts;
  readonly #underWay = new Map<string, Promise<void>>();
  /** Jobs that failed: how often in this run, and whether their wait is still going on. */
  readonly #failures = new Map<string, { readonly attempts: number; readonly isWaiting: boolean }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #nudge: NodeJS.Timeout | null = null;
  #patrol: NodeJS.Timeout | null = null;
  #state: 'resting' | 'running' | 'held' | 'stopped' = 'resting';

  constructor(parts: JobQueueParts) {
    this.#parts = parts;
  }

  /** Resumes what an earlier run left, and watches for new rows. */
  start(): void {
    if (Object.keys(this.#parts.handlers).length === 0) return;
    this.#state = 'running';
    this.#patrol = setInterval(() => {
      this.#takeJobs();
    }, PATROL_MS);
    this.#patrol.unref();
    this.#takeJobs();
  }

  /** Says that a commit may have written jobs. Cheap, so it is called after every change. */
  nudge(): void {
    if (this.#state !== 'running' || this.#nudge !== null) return;
    this.#nudge = setTimeout(() => {
      this.#nudge = null;
      this.#takeJobs();
    }, NUDGE_MS);
    this.#nudge.unref();
  }

  /** Does everything that waits now and what that causes, also before the start; resolves when nothing is left but what failed. */
  async drain(): Promise<void> {
    for (;;) {
      if (this.#state === 'stopped') return;
      this.#startJobs();
      if (this.#underWay.size === 0) return;
      await Promise.race(this.#underWay.values());
    }
  }

  /** Does other work while no job runs: those under way end first, the others wait. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.#state === 'running') this.#state = 'held';
    await Promise.all(this.#underWay.values());
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  /** No new job starts; resolves when those under way have ended. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    for (const timer of [...this.#timers, this.#nudge, this.#patrol]) clearTimeout(timer ?? undefined);
    await Promise.all(this.#underWay.values());
  }

  #release(): void {
    if (this.#state !== 'held') return;
    this.#state = 'running';
    this.#takeJobs();
  }

  #takeJobs(): void {
    if (this.#state !== 'running') return;
    try {
      this.#startJobs();
    } catch (error) {
      // Called by timers: the next patrol tries again.
      this.#parts.logger.error({ error }, 'the queue of jobs could not be read');
    }
  }

  #startJobs(): void {
    for (const job of this.#nextJobs()) {
      const run = this.#run(job).finally(() => {
        this.#underWay.delete(job.id);
        this.#takeJobs();
      });
      this.#underWay.set(job.id, run);
    }
  }

  /** As many ready jobs as may start now. */
  #nextJobs(): readonly WaitingJob[] {
    const kinds = Object.keys(this.#parts.handlers);
    const ready: WaitingJob[] = [];
    let after = 0;
    while (ready.length < PARALLEL_JOBS - this.#underWay.size) {
      const jobs = jobsAfter(this.#parts.database.read, { sequence: after, kinds }, READ_AHEAD);
      ready.push(...jobs.filter((job) => this.#isReady(job)));
      if (jobs.length < READ_AHEAD) break;
      after = jobs.at(-1)?.sequence ?? after;
    }
    return ready.slice(0, Math.max(0, PARALLEL_JOBS - this.#underWay.size));
  }

  #isReady(job: WaitingJob): boolean {
    const failure = this.#failures.get(job.id);
    const isGivenUp = failure !== undefined && (failure.isWaiting || failure.attempts >= (this.#parts.attemptsPerRun ?? ATTEMPTS_PER_RUN));
    return !isGivenUp && !this.#underWay.has(job.id);
  }

  /** Never rejects: a failure is noted on the row and tried again after a growing wait. */
  async #run(job: WaitingJob): Promise<void> {
    const { database, handlers, logger } = this.#parts;
    try {
      await handlers[job.kind]?.(job.subjectId);
      await database.unitOfWork.write('end a job', (tx) => {
        deleteJob(tx, job.id);
      });
      this.#failures.delete(job.id);
    } catch (error) {
      if (this.#isStopped()) {
        // Given up for the end of the program, not failed: the row is as it was, for the next start.
        logger.info({ jobId: job.id, kind: job.kind, subjectId: job.subjectId }, 'a job was given up at the end');
        return;
      }
      logger.error({ jobId: job.id, kind: job.kind, subjectId: job.subjectId, error }, 'a job failed');
      this.#waitAfterFailure(job.id);
      await this.#noteFailure(job, error);
    }
  }

  #isStopped(): boolean {
    return this.#state === 'stopped';
  }

  async #noteFailure(job: WaitingJob, error: unknown): Promise<void> {
    try {
      const reason = error instanceof Error ? error.message : String(error);
      await this.#parts.database.unitOfWork.write('note a failed job', (tx) => {
        noteFailedJob(tx, job.id, reason);
      });
    } catch (noteError) {
      // The wait above holds all the same; the row just does not say why.
      this.#parts.logger.error({ jobId: job.id, error: noteError }, 'a failed job could not be noted');
    }
  }

  #waitAfterFailure(id: string): void {
    const attempts = (this.#failures.get(id)?.attempts ?? 0) + 1;
    this.#failures.set(id, { attempts, isWaiting: true });
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#failures.set(id, { attempts, isWaiting: false });
      this.#takeJobs();
    }, waitMs);
    timer.unref();
    this.#timers.add(timer);
  }
}
