import { afterEach, describe, expect, it } from 'vitest';
import { verifyRollups } from '../../main/usage/index.ts';
import { openUsageBooks, storedEvents, type UsageBooks } from './usage-books.ts';

const event = (transactionId: string, code = 'calls') => ({ transaction_id: transactionId, external_subscription_id: 's1', code });
const ids = (count: number) => Array.from({ length: count }, (_, index) => `t${String(index)}`);

describe('requests that arrive together', () => {
  let opened: UsageBooks;
  afterEach(() => opened.close());

  /** How many transactions wrote events, as the unit of work was asked for them. */
  async function countWrites(work: () => Promise<void>): Promise<number> {
    const { unitOfWork } = opened.books.context.database;
    const write = unitOfWork.write.bind(unitOfWork);
    let count = 0;
    unitOfWork.write = (name, job) => {
      if (name === 'ingest events') count += 1;
      return write(name, job);
    };
    await work();
    return count;
  }

  it('share one commit', async () => {
    opened = await openUsageBooks();
    const writes = await countWrites(async () => {
      const answers = await Promise.all(ids(200).map((id) => opened.ingestion.ingestEvent(event(id))));
      expect(answers.every((answer) => answer.ok)).toBe(true);
    });
    expect(writes).toBe(1);
    expect(storedEvents(opened)).toHaveLength(200);
  });

  it('are split where a commit would hold more than 500 events', async () => {
    opened = await openUsageBooks();
    const batches = Array.from({ length: 12 }, (_, batch) => ({ events: ids(100).map((id) => event(`${String(batch)}-${id}`)) }));
    const writes = await countWrites(async () => {
      await Promise.all(batches.map((batch) => opened.ingestion.ingestBatch(batch)));
    });
    expect(writes).toBe(3);
    expect(storedEvents(opened)).toHaveLength(1200);
  });

  it('fail alone: duplicates within the commit and bad batches leave the others in peace', async () => {
    opened = await openUsageBooks();
    const answers = await Promise.all([
      opened.ingestion.ingestEvent(event('t1')),
      opened.ingestion.ingestEvent(event('t1')),
      opened.ingestion.ingestBatch({ events: [event('t2'), event('t1')] }),
      opened.ingestion.ingestBatch({ events: [event('t2'), event('t3')] }),
      opened.ingestion.ingestEvent(event('t4')),
    ]);
    expect(answers.map((answer) => answer.ok)).toEqual([true, false, false, true, true]);
    expect(storedEvents(opened).map(([, id]) => id)).toEqual(['t1', 't2', 't3', 't4']);
    expect(verifyRollups(opened.books.context.database.read)).toEqual([]);
  });

  it('fail alone: what the hook of a charge in advance throws takes back its own request only', async () => {
    const billed: string[] = [];
    opened = await openUsageBooks('2023-05-10T10:00:00Z', (_, stored) => {
      billed.push(stored.transactionId);
      return stored.transactionId === 'bad' ? Promise.reject(new Error('no price')) : Promise.resolve();
    });
    const metric = await opened.books.billableMetric({ code: 'seats' });
    await opened.books.charge({ planId: (await opened.books.plan()).id, billableMetricId: metric.id, payInAdvance: true });
    const answers = await Promise.allSettled([
      opened.ingestion.ingestEvent(event('t1')),
      opened.ingestion.ingestEvent(event('t2', 'seats')),
      opened.ingestion.ingestBatch({ events: [event('t3', 'seats'), event('bad', 'seats'), event('t5', 'seats')] }),
      opened.ingestion.ingestEvent(event('t6', 'seats')),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(billed).toEqual(['t2', 't3', 'bad', 't6']);
    expect(storedEvents(opened).map(([, id]) => id)).toEqual(['t1', 't2', 't6']);
    expect(verifyRollups(opened.books.context.database.read)).toEqual([]);
  });

  it('never bill a request that is refused anyway', async () => {
    const billed: string[] = [];
    opened = await openUsageBooks('2023-05-10T10:00:00Z', (_, stored) => {
      billed.push(stored.transactionId);
      return Promise.resolve();
    });
    const metric = await opened.books.billableMetric({ code: 'seats' });
    await opened.books.charge({ planId: (await opened.books.plan()).id, billableMetricId: metric.id, payInAdvance: true });
    await opened.ingestion.ingestEvent(event('t1', 'seats'));
    const refused = await opened.ingestion.ingestBatch({ events: [event('t1', 'seats'), event('t2', 'seats')] });
    expect(refused.ok).toBe(false);
    expect(billed).toEqual(['t1']);
  });

  it('are all refused when the disk is full, and taken again when there is room', async () => {
    opened = await openUsageBooks();
    const { unitOfWork } = opened.books.context.database;
    await unitOfWork.write('cap test file', (tx) => tx.statement('PRAGMA max_page_count = 1').get());
    const big = { properties: { note: 'x'.repeat(20_000) } };
    const refused = await Promise.allSettled(ids(40).map((id) => opened.ingestion.ingestEvent({ ...event(id), ...big })));
    expect(new Set(refused.map((answer) => answer.status))).toEqual(new Set(['rejected']));
    expect(refused[0]).toMatchObject({ reason: { code: 'storage_full' } });
    await unitOfWork.write('lift test cap', (tx) => tx.statement('PRAGMA max_page_count = 100000').get());
    const taken = await Promise.all(ids(40).map((id) => opened.ingestion.ingestEvent({ ...event(id), ...big })));
    expect(taken.every((answer) => answer.ok)).toBe(true);
    expect(verifyRollups(opened.books.context.database.read)).toEqual([]);
  });
});
