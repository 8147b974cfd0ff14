import type { StartedServer } from './started-server.ts';

export const METRIC_CODES = ['api_calls', 'storage', 'seats'] as const;

/** Which subscriptions there are, and since when; since now unless it is said. */
export interface Subscriptions {
  readonly externalIds: readonly string[];
  readonly subscriptionAt?: string;
}

/** A plan with five charges of common kinds on three metrics, and a customer with subscriptions to it. */
export async function createCatalogue(server: StartedServer, { externalIds, subscriptionAt }: Subscriptions): Promise<void> {
  const create = async (metric: object): Promise<string> => {
    const answer = (await server.call('POST', '/billable_metrics', { billable_metric: metric })) as {
      billable_metric: { lago_id: string };
    };
    return answer.billable_metric.lago_id;
  };
  const calls = await create({ name: 'API calls', code: 'api_calls', aggregation_type: 'count_agg' });
  const storage = await create({
    name: 'Storage',
    code: 'storage',
    aggregation_type: 'sum_agg',
    field_name: 'gb',
    filters: [{ key: 'region', values: ['eu', 'us'] }],
  });
  const seats = await create({ name: 'Seats', code: 'seats', aggregation_type: 'max_agg', field_name: 'gb' });
  const tiers = [
    { from_value: 0, to_value: 1000, per_unit_amount: '0.02', flat_amount: '0' },
    { from_value: 1001, to_value: null, per_unit_amount: '0.01', flat_amount: '0' },
  ];
  await server.call('POST', '/plans', {
    plan: {
      name: 'Bench',
      code: 'bench',
      interval: 'monthly',
      amount_cents: 1000,
      amount_currency: 'USD',
      pay_in_advance: false,
      charges: [
        { billable_metric_id: calls, charge_model: 'standard', properties: { amount: '0.001' } },
        { billable_metric_id: calls, charge_model: 'graduated', properties: { graduated_ranges: tiers } },
        {
          billable_metric_id: storage,
          charge_model: 'standard',
          properties: { amount: '0.1' },
          filters: [{ values: { region: ['eu'] }, properties: { amount: '0.2' } }],
        },
        { billable_metric_id: storage, charge_model: 'package', properties: { amount: '5', package_size: 100, free_units: 10 } },
        { billable_metric_id: seats, charge_model: 'standard', properties: { amount: '9' } },
      ],
    },
  });
  await server.call('POST', '/customers', { customer: { external_id: 'bench' } });
  for (const externalId of externalIds) {
    await server.call('POST', '/subscriptions', {
      subscription: { external_customer_id: 'bench', plan_code: 'bench', external_id: externalId, subscription_at: subscriptionAt },
    });
  }
}

export function numberedSubscriptions(count: number): Subscriptions {
  return { externalIds: Array.from({ length: count }, (_, index) => `subscription-${String(index)}`) };
}

let made = 0;

/** Events as a backend sends them: retry keys without order, one subscription after the other, now. */
export function makeEvent(subscriptionsCount: number): Readonly<Record<string, unknown>> {
  made += 1;
  const mixed = Math.imul(made, 0x9e3779b1) >>> 0;
  return {
    transaction_id: `${mixed.toString(16).padStart(8, '0')}-7c1e-4b1f-9d7a-${made.toString(16).padStart(12, '0')}`,
    external_subscription_id: `subscription-${String(mixed % subscriptionsCount)}`,
    code: METRIC_CODES[made % METRIC_CODES.length],
    properties: { gb: `${String(mixed % 97)}.5`, region: mixed % 2 === 0 ? 'eu' : 'us' },
  };
}
