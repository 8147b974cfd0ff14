/**
 * Owns: when work is done that nobody waits for: due billing, and the jobs that commits leave behind.
 * Does not own: what that work is; each service does its own.
 * Start reading at: scheduler.ts.
 */
export { JobQueue, type JobHandler } from './job-queue.ts';
export { Scheduler } from './scheduler.ts';
