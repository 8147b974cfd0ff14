import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createBillableMetric,
  createPlan,
  createPlanCharge,
  createPlanOverride,
  deleteBillableMetric,
  deletePlan,
  findPlan,
  updateBillableMetric,
  updatePlan,
} from '../../main/catalog/index.ts';
import { deleteCustomer, upsertCustomer } from '../../main/customers/index.ts';
import { updateOrganization } from '../../main/organization/index.ts';
import type { ServiceContext } from '../../main/service-context.ts';
import { cents } from '../../shared/money.ts';
import { USD } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';
import { valueOf } from '../support/value-of.ts';

describe('who listens to changes', () => {
  let books: Books;
  let context: ServiceContext;
  let heard: string[];
  let planId: string;
  let metricId: string;
  beforeEach(async () => {
    books = await Books.open();
    heard = [];
    const hear = (what: string): Promise<void> => {
      heard.push(what);
      return Promise.resolve();
    };
    context = {
      ...books.context,
      listeners: {
        metricChanged: (_, id) => hear(`metric ${id}`),
        planChanged: (_, id) => hear(`plan ${id}`),
        planDeleted: async (tx, id) =>
          hear(`deleting ${id} ${(await findPlan(tx, books.context.organizationId, 'p')) === null ? 'late' : 'in time'}`),
        customerChanged: (_, before, after) => hear(`customer ${String(before.timezone)} to ${String(after.timezone)}`),
        customerDeleted: (_, customer) => hear(`deleting ${customer.externalId}`),
        organizationChanged: (_, before, after) => hear(`organization ${before.timezone} to ${after.timezone}`),
      },
    };
    const metric = {
      name: 'Calls',
      code: 'calls',
      aggregationType: 'count_agg',
      filters: [{ key: 'region', values: ['eu', 'us'] }],
    } as const;
    metricId = valueOf(await createBillableMetric(context, metric)).id;
    const filters = [{ values: { region: ['eu'] }, properties: { amount: '1' } }];
    const charges = [{ billableMetricId: metricId, chargeModel: 'standard', filters }];
    const plan = { name: 'P', code: 'p', interval: 'monthly', amountCents: cents(100), amountCurrency: USD, charges } as const;
    planId = valueOf(await createPlan(context, plan)).plan.id;
  });
  afterEach(() => books.close());

  it('hears of a new metric, not of a new plan', () => {
    expect(heard).toEqual([`metric ${metricId}`]);
  });

  it('hears of an edited plan, of an added charge, and of nothing that was refused', async () => {
    heard.length = 0;
    await updatePlan(context, 'p', { input: { amountCents: cents(200) } });
    await createPlanCharge(context, 'p', { input: { billableMetricId: metricId, chargeModel: 'standard' } });
    await updatePlan(context, 'p', { input: { amountCents: cents(-1) } });
    expect(heard).toEqual([`plan ${planId}`, `plan ${planId}`]);
  });

  it('hears of the plans whose filters a metric has changed, and of the metric after them', async () => {
    heard.length = 0;
    await updateBillableMetric(context, 'calls', { input: { name: 'Requests' } });
    await updateBillableMetric(context, 'calls', { input: { filters: [{ key: 'region', values: ['us'] }] } });
    await deleteBillableMetric(context, 'calls');
    expect(heard).toEqual([`metric ${metricId}`, `plan ${planId}`, `metric ${metricId}`, `plan ${planId}`, `metric ${metricId}`]);
  });

  it('hears of each private copy before the plan is gone, and undoes everything when a listener fails', async () => {
    const copy = await context.database.unitOfWork.write('copy', (tx) =>
      createPlanOverride(context, tx, { parentPlanId: planId, overrides: {} }),
    );
    heard.length = 0;
    const failing = { ...context, listeners: { planDeleted: () => Promise.reject(new Error('no')) } };
    await expect(deletePlan(failing, 'p')).rejects.toThrow('no');
    expect((await findPlan(context.database.read, context.organizationId, 'p'))?.id).toBe(planId);
    await deletePlan(context, 'p');
    expect(heard).toEqual([`deleting ${planId} in time`, `deleting ${valueOf(copy).id} in time`]);
  });

  it('hears of a changed customer, not of a new one nor of one that stays as it is', async () => {
    heard.length = 0;
    await upsertCustomer(context, { externalId: 'acme' });
    await upsertCustomer(context, { externalId: 'acme' });
    await upsertCustomer(context, { externalId: 'acme', timezone: 'Asia/Karachi' });
    await deleteCustomer(context, 'acme');
    await updateOrganization(context, { timezone: 'Europe/Paris' });
    expect(heard).toEqual(['customer null to Asia/Karachi', 'deleting acme', 'organization UTC to Europe/Paris']);
  });
});
