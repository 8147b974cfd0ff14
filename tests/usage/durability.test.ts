import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../main/database/connections.ts';
import { verifyRollups } from '../../main/usage/index.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { openUsageBooks, type UsageBooks } from './usage-books.ts';

const PROCESS = fileURLToPath(new URL('./ingesting-process.ts', import.meta.url));

/** Runs the process until it has acknowledged so many requests, kills it there and answers what it had acknowledged by then. */
function ingestUntilKilled(file: string, prefix: string, killAfter: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [PROCESS, file, prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  let lines = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    acknowledged.push(...line.split(' '));
    lines += 1;
    if (lines === killAfter) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.once('close', () => {
      resolve(acknowledged);
    });
  });
}

describe('a process that is killed while it takes events in', () => {
  let opened: UsageBooks;
  let file: string;
  beforeAll(async () => {
    opened = await openUsageBooks();
    await opened.books.billableMetric({
      code: 'volume',
      aggregationType: 'sum_agg',
      fieldName: 'value',
      filters: [{ key: 'region', values: ['eu'] }],
    });
    file = join(opened.books.folder, 'meterbook.sqlite');
  });
  afterAll(() => opened.close());

  it.each([1, 13, 150, 700])('has kept every event that it acknowledged, after %i answers', async (killAfter) => {
    const acknowledged = await ingestUntilKilled(file, `run-${String(killAfter)}`, killAfter);
    expect(acknowledged.length).toBeGreaterThanOrEqual(killAfter);

    const database = await openDatabase(file, silentLogger);
    const kept = new Set(
      database.read
        .select<{ id: string }>('SELECT "transaction_id" AS "id" FROM "events"')
        .all()
        .map(({ id }) => id),
    );
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    expect(verifyRollups(database.read)).toEqual([]);
    await database.close();
    const handle = new Sqlite(file, { readonly: true });
    expect(handle.pragma('quick_check', { simple: true })).toBe('ok');
    handle.close();
  });

  it('has kept batches of 20 whole or not at all', () => {
    const ids = opened.books.context.database.read.select<{ id: string }>('SELECT "transaction_id" AS "id" FROM "events"').all();
    const batches = Map.groupBy(
      ids.filter(({ id }) => id.includes('/batch-')),
      ({ id }) => id.slice(0, id.lastIndexOf('/')),
    );
    expect(batches.size).toBeGreaterThan(0);
    expect(new Set([...batches.values()].map((events) => events.length))).toEqual(new Set([20]));
  });
});
