import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, type Database } from '../../main/database/connections.ts';
import { insertRow } from '../../main/database/rows.ts';
import { jobs } from '../../main/database/tables/jobs.ts';
import { JobQueue, type JobHandler } from '../../main/jobs/index.ts';
import { Temporal } from '../../shared/dates.ts';
import { silentLogger } from '../support/silent-logger.ts';

describe('the queue of jobs', () => {
  let folder: string;
  let database: Database;
  let queue: JobQueue;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meterbook-jobs-'));
    database = await openDatabase(join(folder, 'meterbook.sqlite'), silentLogger);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  });
  afterEach(async () => {
    await queue.stop();
    vi.useRealTimers();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (...subjectIds: readonly string[]): Promise<void> =>
    database.unitOfWork.write('write jobs', async (tx) => {
      for (const subjectId of subjectIds) {
        const createdAt = Temporal.Instant.from('2023-01-01T00:00:00Z');
        await insertRow(tx, jobs, { id: `job-${subjectId}`, kind: 'invoice_document', subjectId, attempts: 0, lastError: null, createdAt });
      }
    });
  const waiting = async (): Promise<readonly (readonly [string, number, string | null])[]> =>
    (await database.read.manager.find(jobs, { order: { sequence: 'ASC' } })).map((job) => [job.subjectId, job.attempts, job.lastError]);
  const withHandler = (handler: JobHandler): JobQueue => {
    queue = new JobQueue({ database, logger: silentLogger, handlers: { invoice_document: handler } });
    return queue;
  };
  /** Lets the real work of files and promises go on while the clock of the timers stands still. */
  const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 10_000; turn += 1) {
      if (await isTrue()) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error('it never came true');
  };

  it('waits while other work has the books', async () => {
    const done: string[] = [];
    withHandler((subjectId) => {
      done.push(subjectId);
      return Promise.resolve();
    }).start();
    await queue.hold(async () => {
      await write('a');
      queue.nudge();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(done).toEqual([]);
    });
    await until(async () => (await waiting()).length === 0);
    expect(done).toEqual(['a']);
  });

  it('does what an earlier run left, oldest first, and forgets it', async () => {
    await write('a', 'b', 'c');
    const done: string[] = [];
    withHandler((subjectId) => Promise.resolve(void done.push(subjectId))).start();
    await until(async () => (await waiting()).length === 0);
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('takes rows after a commit, when it is nudged', async () => {
    const done: string[] = [];
    withHandler((subjectId) => Promise.resolve(void done.push(subjectId))).start();
    await write('a');
    queue.nudge();
    queue.nudge();
    await vi.advanceTimersByTimeAsync(20);
    await until(() => done.length === 1);
  });

  it('does everything that waits when it is drained, what that causes too, also before it was started', async () => {
    await write('a', 'b', 'c');
    const done: string[] = [];
    await withHandler(async (subjectId) => {
      done.push(subjectId);
      if (subjectId === 'c') await write('d');
      if (subjectId === 'b') throw new Error('not now');
    }).drain();
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    expect(await waiting()).toEqual([['b', 1, 'not now']]);
  });

  it('leaves jobs alone that another queue does', async () => {
    await write('a');
    queue = new JobQueue({ database, logger: silentLogger, handlers: { collect_invoice: () => Promise.resolve() } });
    await queue.drain();
    expect(await waiting()).toEqual([['a', 0, null]]);
  });

  it('finds rows that nobody nudged about', async () => {
    const done: string[] = [];
    withHandler((subjectId) => Promise.resolve(void done.push(subjectId))).start();
    await write('a');
    await vi.advanceTimersByTimeAsync(2_000);
    await until(() => done.length === 1);
  });

  it('does two at a time', async () => {
    await write('a', 'b', 'c');
    const started: string[] = [];
    const ends: (() => void)[] = [];
    withHandler((subjectId) => {
      started.push(subjectId);
      return new Promise((resolve) => ends.push(resolve));
    }).start();
    await until(() => started.length === 2);
    ends[0]?.();
    await until(() => started.length === 3);
    expect(started).toEqual(['a', 'b', 'c']);
    for (const end of ends) end();
    await until(async () => (await waiting()).length === 0);
  });

  it('notes a failure on the row, goes on with others, and tries again after a growing wait', async () => {
    await write('bad', 'good');
    const tried: string[] = [];
    let isMended = false;
    withHandler((subjectId) => {
      tried.push(subjectId);
      return subjectId === 'bad' && !isMended ? Promise.reject(new Error('no font')) : Promise.resolve();
    }).start();
    await until(async () => JSON.stringify(await waiting()) === '[["bad",1,"no font"]]');
    await vi.advanceTimersByTimeAsync(999);
    expect(tried).toEqual(['bad', 'good']);
    await vi.advanceTimersByTimeAsync(1);
    await until(async () => JSON.stringify(await waiting()) === '[["bad",2,"no font"]]');
    isMended = true;
    await vi.advanceTimersByTimeAsync(1_999);
    expect(tried).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);
    await until(async () => (await waiting()).length === 0);
    expect(tried).toEqual(['bad', 'good', 'bad', 'bad']);
  });

  it('goes on trying where it is told that there is no end', async () => {
    await write('bad');
    let attempts = 0;
    const handler = (): Promise<void> => {
      attempts += 1;
      return attempts > 20 ? Promise.resolve() : Promise.reject(new Error('offline'));
    };
    queue = new JobQueue({
      database,
      logger: silentLogger,
      handlers: { invoice_document: handler },
      attemptsPerRun: Number.POSITIVE_INFINITY,
    });
    queue.start();
    await until(async () => {
      await vi.advanceTimersByTimeAsync(300_000);
      return (await waiting()).length === 0;
    });
    expect(attempts).toBe(21);
  });

  it('leaves a job that keeps failing to the next start', async () => {
    await write('bad');
    let attempts = 0;
    withHandler(() => {
      attempts += 1;
      return Promise.reject(new Error('never'));
    }).start();
    await until(async () => {
      await vi.advanceTimersByTimeAsync(1_000);
      return (await waiting())[0]?.[1] === 8;
    });
    await vi.advanceTimersByTimeAsync(3_000_000);
    expect(attempts).toBe(8);
  });

  it('leaves alone what nobody does', async () => {
    await write('a');
    queue = new JobQueue({ database, logger: silentLogger, handlers: { credit_note_document: () => Promise.resolve() } });
    queue.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await waiting()).toEqual([['a', 0, null]]);
  });

  it('stops when the jobs under way have ended', async () => {
    await write('a', 'b', 'c');
    const ends: (() => void)[] = [];
    withHandler(() => new Promise((resolve) => ends.push(resolve))).start();
    await until(() => ends.length === 2);
    const stopped = queue.stop();
    for (const end of ends) end();
    await stopped;
    expect(await waiting()).toEqual([['c', 0, null]]);
  });

  it('does not blame a job for the end of the program', async () => {
    await write('a');
    const giveUps: (() => void)[] = [];
    withHandler(() => new Promise((_resolve, reject) => giveUps.push(() => reject(new Error('closed'))))).start();
    await until(() => giveUps.length === 1);
    const stopped = queue.stop();
    giveUps[0]?.();
    await stopped;
    expect(await waiting()).toEqual([['a', 0, null]]);
  });
});
