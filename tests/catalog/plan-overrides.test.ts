import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createBillableMetric,
  createPlan,
  createPlanOverride,
  createTax,
  findPlan,
  listPlans,
  readPlanDetails,
  updatePlan,
  updatePlanOverride,
  type PlanDetails,
  type PlanOverrides,
} from '../../main/catalog/index.ts';
import { decimal } from '../../shared/decimal.ts';
import { cents } from '../../shared/money.ts';
import { pageOf } from '../../shared/page.ts';
import { ok, type Result } from '../../shared/result.ts';
import { USD } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';
import { valueOf } from '../support/value-of.ts';

describe('private copies of a plan', () => {
  let books: Books;
  let parent: PlanDetails;
  beforeEach(async () => {
    books = await Books.open();
    const { context } = books;
    for (const code of ['calls', 'seats']) {
      valueOf(
        await createBillableMetric(context, {
          name: code,
          code,
          aggregationType: 'count_agg',
          filters: [{ key: 'region', values: ['eu', 'us'] }],
        }),
      );
    }
    for (const code of ['t1', 't2']) valueOf(await createTax(context, { name: code, code, rate: decimal(10) }));
    parent = valueOf(
      await createPlan(context, {
        ...{ name: 'Starter', code: 'starter', interval: 'monthly', amountCents: cents(2900), amountCurrency: USD, taxCodes: ['t1'] },
        trialPeriod: decimal(7),
        minimumCommitment: { amountCents: cents(1000), taxCodes: ['t2'] },
        charges: [
          {
            billableMetricCode: 'calls',
            chargeModel: 'standard',
            properties: { amount: '1' },
            taxCodes: ['t2'],
            filters: [{ values: { region: ['eu'] }, properties: { amount: '2' } }],
          },
          { billableMetricCode: 'seats', chargeModel: 'standard', properties: { amount: '3' } },
        ],
      }),
    );
  });
  afterEach(() => books.close());

  const override = (overrides: PlanOverrides, parentPlanId = parent.plan.id): Promise<Result<PlanDetails>> =>
    books.context.database.unitOfWork.write('override', async (tx) => {
      const copy = await createPlanOverride(books.context, tx, { parentPlanId, overrides });
      return copy.ok ? ok(await readPlanDetails(tx, copy.value.id)) : copy;
    });

  it('copies everything that is not overridden', async () => {
    const copy = valueOf(await override({}));
    expect(copy.plan).toMatchObject({
      code: 'starter',
      parentId: parent.plan.id,
      name: 'Starter',
      amountCents: 2900n,
      interval: 'monthly',
    });
    expect(copy.plan.trialPeriod?.toNumber()).toBe(7);
    expect(copy.taxes.map((tax) => tax.code)).toEqual(['t1']);
    expect(copy.minimumCommitment).toMatchObject({ commitment: { amountCents: 1000n }, taxes: [{ code: 't2' }] });
    expect(copy.charges).toMatchObject([
      {
        charge: { code: 'calls', parentId: parent.charges[0]?.charge.id, properties: { amount: '1' } },
        filters: [{ filterValues: { region: ['eu'] }, properties: { amount: '2' } }],
        taxes: [{ code: 't2' }],
      },
      { charge: { code: 'seats', parentId: parent.charges[1]?.charge.id, properties: { amount: '3' } }, filters: [] },
    ]);
    expect(copy.charges[0]?.charge.id).not.toBe(parent.charges[0]?.charge.id);
  });

  it('takes overrides of the plan and of charges named by id or by metric', async () => {
    const copy = valueOf(
      await override({
        ...{ amountCents: cents(1900), name: 'Special', trialPeriod: null, taxCodes: [] },
        charges: [
          { id: parent.charges[1]?.charge.id, properties: { amount: '0.5' }, minAmountCents: cents(200), invoiceDisplayName: 'Chairs' },
          { billableMetricCode: 'calls', filters: [{ values: { region: ['us'] }, properties: { amount: '9' } }], taxCodes: ['t1'] },
        ],
      }),
    );
    expect(copy.plan).toMatchObject({ amountCents: 1900n, name: 'Special', trialPeriod: null });
    expect(copy.taxes).toEqual([]);
    expect(copy.charges).toMatchObject([
      { charge: { code: 'calls', properties: { amount: '1' } }, filters: [{ filterValues: { region: ['us'] } }], taxes: [{ code: 't1' }] },
      { charge: { code: 'seats', properties: { amount: '0.5' }, minAmountCents: 200n, invoiceDisplayName: 'Chairs' } },
    ]);
  });

  it('is never listed nor found by its code', async () => {
    await override({ amountCents: cents(1) });
    const { read } = books.context.database;
    const { organizationId } = books.context;
    expect((await findPlan(read, organizationId, 'starter'))?.id).toBe(parent.plan.id);
    expect(await listPlans(read, organizationId, pageOf({}))).toMatchObject({ rows: [{ id: parent.plan.id }], totalCount: 1 });
  });

  it('belongs to the same plan when it is made from a copy', async () => {
    const first = valueOf(await override({ amountCents: cents(1) }));
    const second = valueOf(await override({}, first.plan.id));
    expect(second.plan).toMatchObject({ parentId: parent.plan.id, amountCents: 1n });
    expect(second.charges[0]?.charge.parentId).toBe(parent.charges[0]?.charge.id);
  });

  it('changes its overrides in place', async () => {
    const copy = valueOf(await override({ amountCents: cents(1) }));
    const changed = valueOf(
      await books.context.database.unitOfWork.write('change', (tx) =>
        updatePlanOverride(books.context, tx, {
          planId: copy.plan.id,
          overrides: { name: 'Later', charges: [{ id: parent.charges[0]?.charge.id, properties: { amount: '7' } }] },
        }),
      ),
    );
    expect(changed).toMatchObject({ id: copy.plan.id, name: 'Later', amountCents: 1n });
    const details = await readPlanDetails(books.context.database.read, copy.plan.id);
    expect(details.charges.map((each) => each.charge.properties)).toEqual([{ amount: '7' }, { amount: '3' }]);
    expect(details.charges[0]?.filters).toHaveLength(1);
  });

  it('refuses wrong properties, and a charge that the plan does not have', async () => {
    const wrong = await override({ amountCents: cents(-1), charges: [{ billableMetricCode: 'calls', properties: { amount: 5 } }] });
    expect(wrong).toMatchObject({ error: { fields: { amount_cents: ['value_is_out_of_range'], properties: ['invalid_amount'] } } });
    const unknown = await override({ charges: [{ id: parent.plan.id, properties: { amount: '5' } }] });
    expect(unknown).toMatchObject({ error: { kind: 'not_found', resource: 'charge' } });
  });

  it('does not follow its parent unless it is asked to, and then only where nothing is overridden', async () => {
    const same = valueOf(await override({}));
    const other = valueOf(await override({ amountCents: cents(1900), name: 'Special' }));
    await updatePlan(books.context, 'starter', { input: { amountCents: cents(3900), name: 'Bigger' } });
    const { read } = books.context.database;
    expect((await readPlanDetails(read, same.plan.id)).plan).toMatchObject({ amountCents: 2900n, name: 'Starter' });

    await updatePlan(books.context, 'starter', { input: { amountCents: cents(2900), name: 'Starter' } });
    await updatePlan(books.context, 'starter', { input: { amountCents: cents(4900), name: 'Bigger', cascadeUpdates: true } });
    expect((await readPlanDetails(read, same.plan.id)).plan).toMatchObject({ amountCents: 4900n, name: 'Bigger' });
    expect((await readPlanDetails(read, other.plan.id)).plan).toMatchObject({ amountCents: 1900n, name: 'Special' });
  });

  it('follows new, changed and removed charges when it is asked to', async () => {
    const copy = valueOf(await override({ charges: [{ billableMetricCode: 'seats', properties: { amount: '0.5' } }] }));
    const [calls, seats] = parent.charges.map((details) => details.charge.id);
    await updatePlan(books.context, 'starter', {
      input: {
        cascadeUpdates: true,
        charges: [
          { id: calls, properties: { amount: '4' }, filters: [{ values: { region: ['us'] }, properties: { amount: '5' } }] },
          { id: seats, properties: { amount: '6' } },
          { billableMetricCode: 'calls', chargeModel: 'standard', properties: { amount: '7' } },
        ],
      },
    });
    const { charges } = await readPlanDetails(books.context.database.read, copy.plan.id);
    expect(charges).toMatchObject([
      {
        charge: { code: 'calls', properties: { amount: '4' } },
        filters: [{ filterValues: { region: ['us'] }, properties: { amount: '5' } }],
      },
      { charge: { code: 'seats', properties: { amount: '0.5' } } },
      { charge: { code: 'calls_2', properties: { amount: '7' } } },
    ]);
    await updatePlan(books.context, 'starter', { input: { cascadeUpdates: true, charges: [{ id: seats }] } });
    expect((await readPlanDetails(books.context.database.read, copy.plan.id)).charges).toMatchObject([{ charge: { code: 'seats' } }]);
  });
});
