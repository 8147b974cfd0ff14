import type { TestEngine } from './test-engine.ts';

// What stories about wallets begin with, told through HTTP.

type Body = Readonly<Record<string, unknown>>;

/** Sends one thing to be made, and answers what stands under its name. */
export async function make(app: TestEngine, path: string, body: Readonly<Record<string, Body>>): Promise<Record<string, unknown>> {
  const answer = await app.api.post<Record<string, Record<string, unknown>>>(path, body);
  if (answer.status !== 200) throw new Error(`POST ${path} answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
  const [name = ''] = Object.keys(body);
  return answer.body[name] ?? answer.body;
}

/** A customer without tax of its own. */
export async function customer(app: TestEngine, externalId = 'c1', more: Body = {}): Promise<void> {
  await make(app, '/customers', { customer: { external_id: externalId, name: 'Acme', ...more } });
}

/** A tax on every fee. */
export async function tax(app: TestEngine, rate: number): Promise<void> {
  await make(app, '/taxes', { tax: { name: 'VAT', code: 'vat', rate, applied_to_organization: true } });
}

/** Opens a wallet at 1.00 USD a credit, and answers its id. */
export async function wallet(app: TestEngine, more: Body = {}): Promise<string> {
  const made = await make(app, '/wallets', { wallet: { external_customer_id: 'c1', rate_amount: '1', currency: 'USD', ...more } });
  return String(made['lago_id']);
}

export async function readWallet(app: TestEngine, id: string): Promise<Record<string, unknown>> {
  return (await app.api.get<{ wallet: Record<string, unknown> }>(`/wallets/${id}`)).body.wallet;
}

export async function transactionsOf(app: TestEngine, id: string, query = ''): Promise<readonly Record<string, unknown>[]> {
  const answer = await app.api.get<{ wallet_transactions: Record<string, unknown>[] }>(`/wallets/${id}/wallet_transactions${query}`);
  return answer.body.wallet_transactions;
}

export interface PlanStory {
  readonly amountCents?: number;
  /** Price of one unit of each metric, all summed over the property `units`. */
  readonly metrics?: Readonly<Record<string, string>>;
  readonly payInAdvance?: boolean;
}

/** A monthly plan in arrears, and a subscription of the customer to it. */
export async function subscription(app: TestEngine, story: PlanStory = {}, externalId = 's1'): Promise<void> {
  const charges: Body[] = [];
  for (const [code, amount] of Object.entries(story.metrics ?? {})) {
    const metric = await make(app, '/billable_metrics', {
      billable_metric: { name: code, code, aggregation_type: 'sum_agg', field_name: 'units' },
    });
    charges.push({ billable_metric_id: metric['lago_id'], charge_model: 'standard', properties: { amount } });
  }
  await make(app, '/plans', {
    plan: {
      name: 'p',
      code: `plan-${externalId}`,
      interval: 'monthly',
      amount_cents: story.amountCents ?? 0,
      amount_currency: 'USD',
      pay_in_advance: story.payInAdvance ?? false,
      charges,
    },
  });
  await make(app, '/subscriptions', {
    subscription: { external_customer_id: 'c1', external_id: externalId, plan_code: `plan-${externalId}` },
  });
}

/** Reports usage, at the sandbox's own time unless told. */
export async function event(app: TestEngine, code: string, units: string, more: Body = {}): Promise<void> {
  eventsSent += 1;
  const body = { transaction_id: `t${String(eventsSent)}`, external_subscription_id: 's1', code, properties: { units }, ...more };
  await make(app, '/events', { event: body });
}

let eventsSent = 0;

export async function invoicesOf(app: TestEngine, query: string): Promise<readonly Record<string, unknown>[]> {
  return (await app.api.get<{ invoices: Record<string, unknown>[] }>(`/invoices?external_customer_id=c1&${query}`)).body.invoices;
}

/** Makes the workspace keep the messages that it would send; nothing is delivered, since the engine was not started. */
export async function listen(app: TestEngine): Promise<void> {
  await make(app, '/webhook_endpoints', { webhook_endpoint: { webhook_url: 'http://127.0.0.1:9/hooks' } });
}

/** The messages about wallets and their transactions so far, oldest first: type and object. */
export function walletMessages(app: TestEngine): readonly { readonly type: string; readonly object: Record<string, unknown> }[] {
  const { read } = app.engine.services.context.database;
  return read
    .select<{ type: string; objectType: string; payload: string }>(
      `SELECT "webhook_type" AS "type", "object_type" AS "objectType", "payload" FROM "webhook_deliveries"
       WHERE "object_type" IN ('wallet', 'wallet_transaction') ORDER BY "sequence"`,
    )
    .all()
    .map(({ type, objectType, payload }) => {
      const body = JSON.parse(payload) as Record<string, Record<string, unknown>>;
      return { type, object: body[objectType] ?? {} };
    });
}
