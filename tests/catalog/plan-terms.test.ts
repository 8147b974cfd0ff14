import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createBillableMetric,
  createPlan,
  createTax,
  deletePlan,
  deleteTax,
  readChargeTerms,
  readPlanTerms,
  updateBillableMetric,
  updatePlan,
} from '../../main/catalog/index.ts';
import { charges } from '../../main/database/tables/catalog.ts';
import { decimal } from '../../shared/decimal.ts';
import { cents } from '../../shared/money.ts';
import { USD } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';
import { valueOf } from '../support/value-of.ts';

describe('what billing reads of a plan', () => {
  let books: Books;
  let planId: string;
  beforeEach(async () => {
    books = await Books.open();
    const { context } = books;
    const filters = [{ key: 'region', values: ['us', 'eu'] }];
    const metric = { name: 'Storage', code: 'gb', aggregationType: 'sum_agg', fieldName: 'gb', recurring: true, filters } as const;
    valueOf(await createBillableMetric(context, { ...metric, roundingFunction: 'ceil', roundingPrecision: 1 }));
    for (const code of ['t1', 't2']) valueOf(await createTax(context, { name: code, code, rate: decimal('5.5') }));
    const storage = { billableMetricCode: 'gb', chargeModel: 'standard', properties: { amount: '0.10' } };
    const { plan } = valueOf(
      await createPlan(context, {
        ...{
          name: 'Yearly',
          code: 'yearly',
          interval: 'yearly',
          amountCents: cents(120000),
          amountCurrency: USD,
          billChargesMonthly: true,
        },
        ...{ taxCodes: ['t2', 't1'], minimumCommitment: { amountCents: cents(5000), invoiceDisplayName: 'Least', taxCodes: ['t1'] } },
        charges: [
          { ...storage, code: 'z', minAmountCents: cents(100), taxCodes: ['t2'] },
          {
            ...storage,
            code: 'a',
            filters: [{ values: { region: ['__ALL_FILTER_VALUES__'] }, properties: { amount: '1' }, invoiceDisplayName: 'Any' }],
          },
        ],
      }),
    );
    planId = plan.id;
  });
  afterEach(() => books.close());

  const read = () => readPlanTerms(books.context.database.read, planId);

  it('is the plan with its charges in order of creation', async () => {
    const terms = await read();
    expect(terms).toMatchObject({
      ...{ id: planId, code: 'yearly', name: 'Yearly', interval: 'yearly', amountCents: 120000n, currency: 'USD', payInAdvance: false },
      ...{ billChargesMonthly: true, trialPeriodDays: null },
      minimumCommitment: { amountCents: 5000n, invoiceDisplayName: 'Least', taxes: [{ code: 't1' }] },
      taxes: [{ code: 't2' }, { code: 't1' }],
      charges: [
        { code: 'z', minAmountCents: 100n, filters: [], taxes: [{ code: 't2' }], regroupPaidFees: false },
        {
          code: 'a',
          taxes: [],
          metric: { code: 'gb', aggregationType: 'sum_agg', recurring: true, roundingFunction: 'ceil', roundingPrecision: 1 },
        },
      ],
    });
    expect(terms.taxes[0]?.rate.toFixed()).toBe('5.5');
  });

  it('names the values that the metric declares today beside a filter that stands for all', async () => {
    const values = { region: ['__ALL_FILTER_VALUES__'] };
    expect((await read()).charges[1]?.filters).toMatchObject([
      { values, acceptedValues: { region: ['eu', 'us'] }, properties: { amount: '1' }, invoiceDisplayName: 'Any' },
    ]);
    await updateBillableMetric(books.context, 'gb', { input: { filters: [{ key: 'region', values: ['asia', 'eu'] }] } });
    expect((await read()).charges[1]?.filters).toMatchObject([{ values, acceptedValues: { region: ['asia', 'eu'] } }]);
  });

  it('leaves out charges that were removed and taxes that were deleted', async () => {
    const [, second] = (await read()).charges;
    await updatePlan(books.context, 'yearly', { input: { charges: [{ id: second?.id }] } });
    await deleteTax(books.context, 't2');
    const terms = await read();
    expect(terms.charges.map((charge) => charge.code)).toEqual(['a']);
    expect(terms.taxes.map((tax) => tax.code)).toEqual(['t1']);
  });

  it('reads a deleted plan without charges, and its charges by themselves', async () => {
    await deletePlan(books.context, 'yearly');
    expect(await read()).toMatchObject({ code: 'yearly', amountCents: 120000n, charges: [] });
    const rows = await books.context.database.read.manager.find(charges, { where: { planId }, order: { sequence: 'ASC' } });
    expect(await readChargeTerms(books.context.database.read, rows)).toMatchObject([{ code: 'z' }, { code: 'a' }]);
  });
});
