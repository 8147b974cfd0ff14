import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChargeTerms } from '../../../main/billing/facts.ts';
import { deleteRows, updateRows } from '../../../main/database/rows.ts';
import { billableMetrics } from '../../../main/database/tables/catalog.ts';
import { usageRollups } from '../../../main/database/tables/usage.ts';
import { EventIngestion, readChargeUsage, rebuildRollups, verifyRollups } from '../../../main/usage/index.ts';
import { CREATED_AT, ORGANIZATION_ID } from '../../support/billing-rows.ts';
import { charge, metric, window } from '../../support/usage-builders.ts';
import { chargeFilter, openUsageBooks, setChargeProperties, setMetricFilters, type UsageBooks } from '../usage-books.ts';

const MAY = window('2023-05-01', '2023-05-31', 31);

describe('keeping rollups in line with metrics and charges', () => {
  let opened: UsageBooks;
  beforeEach(async () => {
    opened = await openUsageBooks();
  });
  afterEach(() => opened.close());

  const db = () => opened.books.context.database.read;

  async function send(count: number, properties: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const from = db().select<{ n: number }>('SELECT COUNT(*) AS "n" FROM "events"').get()?.n ?? 0;
    const events = Array.from({ length: count }, (_, index) => ({
      transaction_id: `t${String(from + index)}`,
      external_subscription_id: 's1',
      code: 'storage',
      timestamp: 1_683_000_000 + (from + index) * 600,
      properties: { gb: '2', region: index % 2 === 0 ? 'eu' : 'us', agent: 'a', ...properties },
    }));
    expect((await opened.ingestion.ingestBatch({ events })).ok).toBe(true);
  }

  function layouts(): readonly (readonly [keys: string, status: string])[] {
    return db()
      .select<{ keys: string; status: string }>('SELECT "tracked_keys" AS "keys", "status" FROM "usage_layouts" ORDER BY "id"')
      .all()
      .map(({ keys, status }) => [keys, status] as const);
  }

  /** Units and events of each bucket, by the values that it is grouped by. */
  function usage(terms: Partial<ChargeTerms> = {}): readonly (readonly [string, string, number])[] {
    const request = { organizationId: ORGANIZATION_ID, externalSubscriptionId: 's1', window: MAY };
    const sums = metric('sum_agg', { code: 'storage', fieldName: 'gb' });
    return readChargeUsage(db(), { ...request, charge: charge({ metric: sums, ...terms }) }).map(
      (bucket) => [Object.values(bucket.key.groupedBy).join(), bucket.units.toFixed(), bucket.eventsCount] as const,
    );
  }

  const storageMetric = (more: object = {}) =>
    opened.books.billableMetric({ code: 'storage', aggregationType: 'sum_agg', fieldName: 'gb', ...more });

  it('keeps none for a code that no metric has, and reads in what was there once there is one', async () => {
    await send(10);
    expect(layouts()).toEqual([]);
    await storageMetric();
    expect(usage()).toEqual([['', '20', 10]]);
    await opened.ingestion.keepUpRollups();
    expect(layouts()).toEqual([['[]', 'ready']]);
    expect(usage()).toEqual([['', '20', 10]]);
    expect(verifyRollups(db())).toEqual([]);
  });

  it('has one ready at once for a metric whose code had no events', async () => {
    await storageMetric();
    await send(3);
    expect(layouts()).toEqual([['[]', 'ready']]);
    expect(verifyRollups(db())).toEqual([]);
  });

  it('goes on with the old one while the new one is built, for whom it serves', async () => {
    const { id } = await storageMetric();
    await send(10);
    await opened.ingestion.close(); // nothing is built until it is asked for below
    await setMetricFilters(opened, id, [{ key: 'region', values: ['eu', 'us'] }]);
    await send(4);
    expect(layouts()).toEqual([
      ['[]', 'ready'],
      ['["region"]', 'building'],
    ]);
    const byRegion = { properties: { amount: '1', pricing_group_keys: ['region'] } };
    expect([usage(), usage(byRegion)]).toEqual([
      [['', '28', 14]],
      [
        ['eu', '14', 7],
        ['us', '14', 7],
      ],
    ]);
    opened.ingestion = new EventIngestion(opened.books.context, () => Promise.resolve());
    await opened.ingestion.keepUpRollups();
    expect(layouts()).toEqual([['["region"]', 'ready']]);
    await send(2);
    expect([usage(), usage(byRegion)]).toEqual([
      [['', '32', 16]],
      [
        ['eu', '16', 8],
        ['us', '16', 8],
      ],
    ]);
    expect(verifyRollups(db())).toEqual([]);
  });

  it('follows the pricing groups of charges and of their filters', async () => {
    const { id } = await storageMetric({ filters: [{ key: 'region', values: ['eu'] }] });
    const plan = await opened.books.plan();
    const priced = await opened.books.charge({ planId: plan.id, billableMetricId: id });
    await send(2);
    await setChargeProperties(opened, priced.id, { amount: '1', pricing_group_keys: ['agent'], grouped_by: ['agent'] });
    await send(2);
    await chargeFilter(opened, {
      chargeId: priced.id,
      filterValues: { region: ['eu'] },
      properties: { amount: '1', pricing_group_keys: ['team'] },
    });
    await send(2);
    await opened.ingestion.keepUpRollups();
    expect(layouts()).toEqual([['["agent","region","team"]', 'ready']]);
    expect(verifyRollups(db())).toEqual([]);
  });

  it('keeps a layout that tells more than is asked for', async () => {
    const { id } = await storageMetric({ filters: [{ key: 'region', values: ['eu'] }] });
    await send(2);
    await setMetricFilters(opened, id, []);
    await send(2);
    await opened.ingestion.keepUpRollups();
    expect(layouts()).toEqual([['["region"]', 'ready']]);
  });

  it('builds anew when another property is summed', async () => {
    const { id } = await storageMetric();
    await send(3, { tb: 1 });
    await opened.books.context.database.unitOfWork.write('change test metric', (tx) =>
      updateRows(tx, billableMetrics, { where: { id }, set: { fieldName: 'tb' } }),
    );
    const byTb = { metric: metric('sum_agg', { code: 'storage', fieldName: 'tb' }) };
    expect(usage(byTb)).toEqual([['', '3', 3]]);
    await opened.ingestion.keepUpRollups();
    expect([usage(byTb), usage()]).toEqual([[['', '3', 3]], [['', '6', 3]]]);
    expect(verifyRollups(db())).toEqual([]);
  });

  it('sums what an expression makes of each event, and builds anew when there is another', async () => {
    const { id } = await storageMetric({ expression: 'event.properties.gb * 3' });
    await send(2);
    const tripled = { metric: metric('sum_agg', { code: 'storage', fieldName: 'gb', expression: 'event.properties.gb * 3' }) };
    // Without it, no layout serves: the events themselves tell.
    expect([usage(tripled), usage()]).toEqual([[['', '12', 2]], [['', '4', 2]]]);
    const stored = db().select<{ properties: string }>('SELECT "properties" FROM "events" LIMIT 1').get();
    expect(JSON.parse(stored?.properties ?? '')).toEqual({ gb: '2', region: 'eu', agent: 'a' });
    await opened.books.context.database.unitOfWork.write('change test metric', (tx) =>
      updateRows(tx, billableMetrics, { where: { id }, set: { expression: 'event.properties.gb / 8' } }),
    );
    const parted = { metric: metric('sum_agg', { code: 'storage', fieldName: 'gb', expression: 'event.properties.gb / 8' }) };
    await opened.ingestion.keepUpRollups();
    await send(1);
    expect([usage(parted), usage(tripled)]).toEqual([[['', '0.75', 3]], [['', '18', 3]]]);
    const summed = db().select<{ sum: string }>('SELECT "sum" FROM "usage_rollups" WHERE "span" = 15').all();
    expect(summed.map(({ sum }) => sum)).toEqual(['0.5', '0.25']);
    expect(verifyRollups(db())).toEqual([]);
  });

  it('starts anew for a metric that takes over the code of a deleted one, with all events of the code', async () => {
    const { id } = await storageMetric();
    await send(3);
    await opened.books.context.database.unitOfWork.write('delete test metric', (tx) =>
      updateRows(tx, billableMetrics, { where: { id }, set: { deletedAt: CREATED_AT } }),
    );
    await send(2);
    await opened.ingestion.keepUpRollups();
    expect(layouts()).toEqual([]);
    expect(db().select('SELECT * FROM "usage_rollups"').all()).toEqual([]);
    await opened.books.billableMetric({ code: 'storage', aggregationType: 'max_agg', fieldName: 'gb' });
    await send(1, { gb: 7 });
    await opened.ingestion.keepUpRollups();
    expect(usage({ metric: metric('max_agg', { code: 'storage', fieldName: 'gb' }) })).toEqual([['', '7', 6]]);
    expect(verifyRollups(db())).toEqual([]);
  });

  it('builds in steps, while events go on coming in', async () => {
    for (let batch = 0; batch < 45; batch += 1) await send(100);
    await storageMetric();
    await send(100);
    const steps: string[] = [];
    const { unitOfWork } = opened.books.context.database;
    const write = unitOfWork.write.bind(unitOfWork);
    unitOfWork.write = (name, job) => {
      steps.push(name);
      return write(name, job);
    };
    const building = opened.ingestion.keepUpRollups();
    await send(100);
    await building;
    // 4,500 older events are two steps; a last one finds nothing to do.
    expect(steps.filter((name) => name === 'keep up rollups').length).toBeGreaterThanOrEqual(3);
    expect(steps).toContain('ingest events');
    expect(layouts()).toEqual([['[]', 'ready']]);
    expect(verifyRollups(db())).toEqual([]);
  });

  it('tells rows that say something else than the events, and a rebuild repairs them', async () => {
    await storageMetric();
    await send(3);
    const { unitOfWork } = opened.books.context.database;
    await unitOfWork.write('spoil test rollups', async (tx) => {
      await updateRows(tx, usageRollups, { where: { span: 1440 }, set: { sum: '7' } });
      tx.statement('UPDATE "event_codes" SET "events_count" = 9').run();
    });
    expect(verifyRollups(db())).toMatchObject([
      { code: 'event_codes', expected: '[3,1,3]', found: '[9,1,3]' },
      { code: 'storage', place: '["s1","[]","1440 minutes",19479]' },
    ]);
    await unitOfWork.write('spoil test rollups', (tx) => deleteRows(tx, usageRollups, { span: 15 }));
    expect(verifyRollups(db()).filter(({ found }) => found === null)).toHaveLength(2);
    await unitOfWork.write('rebuild', (tx) => {
      tx.statement('UPDATE "event_codes" SET "events_count" = 3').run();
      rebuildRollups(tx, ORGANIZATION_ID, 'storage');
    });
    expect(verifyRollups(db())).toEqual([]);
    await send(1);
    expect(verifyRollups(db())).toEqual([]);
  });
});
