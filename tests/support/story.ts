import { expect, test } from 'vitest';
import { Temporal } from '../../shared/dates.ts';
import { expectBooksBalance } from './ledger.ts';
import { createTestEngine, type TestEngine } from './test-engine.ts';

type Json = Readonly<Record<string, unknown>>;

export interface StoryFee {
  readonly item: { readonly type: string; readonly code: string };
  readonly external_subscription_id: string | null;
  readonly amount_cents: number;
  readonly units: string;
  readonly from_date: string;
  readonly to_date: string;
}

export interface StoryPeriod {
  readonly external_subscription_id: string;
  readonly invoicing_reason: string;
  readonly subscription_from_datetime: string;
  readonly subscription_to_datetime: string;
  readonly charges_from_datetime: string;
  readonly charges_to_datetime: string;
}

export interface StoryInvoice extends Json {
  readonly lago_id: string;
  readonly number: string;
  readonly status: string;
  readonly payment_status: string;
  readonly issuing_date: string;
  readonly payment_due_date: string;
  readonly fees_amount_cents: number;
  readonly coupons_amount_cents: number;
  readonly taxes_amount_cents: number;
  readonly credit_notes_amount_cents: number;
  readonly total_amount_cents: number;
  readonly fees: readonly StoryFee[];
  readonly billing_periods: readonly StoryPeriod[];
}

export interface StorySubscription extends Json {
  readonly lago_id: string;
  readonly external_id: string;
  readonly plan_code: string;
  readonly status: string;
}

/** What a request that must be refused was answered. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly error_details?: Json;
}

export interface Subscribing {
  readonly plan: string;
  /** `acme` unless told. */
  readonly customer?: string;
  /** The external id; the customer's own unless told. */
  readonly as?: string;
  readonly billing_time?: 'calendar' | 'anniversary';
  readonly subscription_at?: string;
  readonly ending_at?: string;
  readonly name?: string;
  readonly plan_overrides?: Json;
}

/**
 * One story about billing, told in days and money: every step is a request to the real engine, at the time that was named before it. Amounts
 * are cents.
 */
export class Story {
  readonly app: TestEngine;
  #arriveAt: string | null = null;
  #events = 0;

  private constructor(app: TestEngine) {
    this.app = app;
  }

  /** Empty sandbox books whose clock stands at `begin`. */
  static async begin(begin: string): Promise<Story> {
    const story = new Story(await createTestEngine({ now: begin }));
    await story.at(begin).runDueWork();
    return story;
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** The next step happens then; everything that falls due on the way is billed first. */
  at(instant: string): this {
    this.#arriveAt = instant;
    return this;
  }

  /** Nothing happens but what falls due. */
  async runDueWork(): Promise<void> {
    await this.#arrive();
  }

  /** A plan, monthly at 10.00 in arrears unless told. Charges name their metric by its code. */
  async plan(code: string, terms: Json = {}): Promise<void> {
    const { charges = [], ...rest } = terms as { readonly charges?: readonly Json[] };
    const plan = { name: code, code, interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', pay_in_advance: false, ...rest };
    await this.post('/plans', { plan: { ...plan, charges: charges.map(chargeOf) } });
  }

  /** A metric, a sum of `value` unless told. */
  async metric(code: string, terms: Json = {}): Promise<void> {
    await this.post('/billable_metrics', {
      billable_metric: { name: code, code, aggregation_type: 'sum_agg', field_name: 'value', ...terms },
    });
  }

  async tax(code: string, rate: number, terms: Json = {}): Promise<void> {
    await this.post('/taxes', { tax: { name: code, code, rate, ...terms } });
  }

  async customer(externalId: string, terms: Json = {}): Promise<void> {
    await this.post('/customers', { customer: { external_id: externalId, ...terms } });
  }

  async organization(terms: Json): Promise<void> {
    await this.put('/organizations', { organization: terms });
  }

  async subscribe(asked: Subscribing): Promise<StorySubscription> {
    return (await this.post<{ subscription: StorySubscription }>('/subscriptions', { subscription: subscriptionOf(asked) })).subscription;
  }

  async terminate(externalId: string, query = ''): Promise<StorySubscription> {
    return (await this.delete<{ subscription: StorySubscription }>(`/subscriptions/${externalId}${query}`)).subscription;
  }

  /** The row of an external id with this status. */
  async subscription(externalId: string, status = 'active'): Promise<StorySubscription> {
    return (await this.get<{ subscription: StorySubscription }>(`/subscriptions/${externalId}?status=${status}`)).subscription;
  }

  /** Usage of a subscription: its value, now or when told. */
  async use(
    code: string,
    value: number | string,
    of: { readonly by?: string; readonly when?: string; readonly properties?: Json } = {},
  ): Promise<void> {
    this.#events += 1;
    await this.#arrive();
    const timestamp = of.when === undefined ? {} : { timestamp: (Temporal.Instant.from(of.when).epochMilliseconds / 1000).toFixed(3) };
    await this.post('/events', {
      event: {
        transaction_id: `event-${String(this.#events)}`,
        external_subscription_id: of.by ?? 'acme',
        code,
        ...timestamp,
        properties: { value: String(value), ...of.properties },
      },
    });
  }

  /** Every invoice of a customer that is shown, oldest first, with its fees and periods. */
  async invoices(customer = 'acme'): Promise<readonly StoryInvoice[]> {
    await this.#arrive();
    const { invoices } = await this.get<{ invoices: readonly StoryInvoice[] }>(`/invoices?external_customer_id=${customer}&per_page=1000`);
    const full = await Promise.all(invoices.map(({ lago_id: id }) => this.get<{ invoice: StoryInvoice }>(`/invoices/${id}`)));
    return full.map(({ invoice }) => invoice).reverse();
  }

  /**
   * The same in one line each: `2023-04-01: starter 871 + calls 300 - coupon 100 + tax 234 - credit 645 = 660`. Fees are named by plan or metric; a draft
   * and a fee of another external id than the customer's say so.
   */
  async bills(customer = 'acme'): Promise<readonly string[]> {
    return (await this.invoices(customer)).map((invoice) => billLine(invoice, customer));
  }

  /** The last invoice of a customer. */
  async lastInvoice(customer = 'acme'): Promise<StoryInvoice> {
    const last = (await this.invoices(customer)).at(-1);
    if (last === undefined) throw new Error(`${customer} has no invoice`);
    return last;
  }

  /** Credit notes of a customer, oldest first: `2023-03-12: 645 credit, 0 left`. */
  async notes(customer = 'acme'): Promise<readonly string[]> {
    const { credit_notes: notes } = await this.get<{ credit_notes: readonly Record<string, number | string>[] }>(
      `/credit_notes?external_customer_id=${customer}&per_page=1000`,
    );
    return notes.map(noteLine).reverse();
  }

  async get<Body = Json>(path: string): Promise<Body> {
    return this.#accepted(await this.app.api.get<Body>(path), path);
  }

  async post<Body = Json>(path: string, body: unknown): Promise<Body> {
    await this.#arrive();
    return this.#accepted(await this.app.api.post<Body>(path, body), path);
  }

  async put<Body = Json>(path: string, body: unknown = {}): Promise<Body> {
    await this.#arrive();
    return this.#accepted(await this.app.api.put<Body>(path, body), path);
  }

  async delete<Body = Json>(path: string): Promise<Body> {
    await this.#arrive();
    return this.#accepted(await this.app.api.delete<Body>(path), path);
  }

  /** A request that must be refused. */
  async refused(method: 'post' | 'put' | 'delete', path: string, body?: unknown): Promise<Refusal> {
    await this.#arrive();
    const answer = await this.app.api[method]<Refusal>(path, body);
    expect(answer.status, `${method} ${path} is refused`).toBeGreaterThanOrEqual(400);
    const { status, code, error_details: details } = answer.body;
    return details === undefined ? { status, code } : { status, code, error_details: details };
  }

  async #arrive(): Promise<void> {
    if (this.#arriveAt === null) return;
    const instant = this.#arriveAt;
    this.#arriveAt = null;
    await this.app.moveClock(instant);
  }

  #accepted<Body>(answer: { readonly status: number; readonly body: Body }, path: string): Body {
    if (answer.status !== 200) throw new Error(`${path} was answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

/** Tells a story in books of its own, and reads them as a ledger at its end. */
export function scenario(name: string, begin: string, tell: (story: Story) => Promise<void>): void {
  test(name, async () => {
    const story = await Story.begin(begin);
    try {
      await tell(story);
      expectBooksBalance(story.app);
    } finally {
      await story.close();
    }
  });
}

/** A subscription as the API is asked for it. */
export function subscriptionOf({ plan, customer = 'acme', as = customer, ...terms }: Subscribing): Json {
  return { external_customer_id: customer, external_id: as, plan_code: plan, ...terms };
}

/** A charge of a metric, standard at 1.00 unless told. */
function chargeOf({ metric, ...terms }: Json): Json {
  return { billable_metric_code: metric, charge_model: 'standard', properties: { amount: '1' }, ...terms };
}

function billLine(invoice: StoryInvoice, customer: string): string {
  const fees = invoice.fees.map((fee) => feeWord(fee, customer)).join(' + ');
  const coupon = invoice.coupons_amount_cents === 0 ? '' : ` - coupon ${String(invoice.coupons_amount_cents)}`;
  const tax = invoice.taxes_amount_cents === 0 ? '' : ` + tax ${String(invoice.taxes_amount_cents)}`;
  const credit = invoice.credit_notes_amount_cents === 0 ? '' : ` - credit ${String(invoice.credit_notes_amount_cents)}`;
  const status = invoice.status === 'finalized' ? '' : ` ${invoice.status}`;
  return `${invoice.issuing_date}${status}: ${fees === '' ? 'nothing' : fees}${coupon}${tax}${credit} = ${String(invoice.total_amount_cents)}`;
}

function feeWord(fee: StoryFee, customer: string): string {
  const name = fee.item.type === 'commitment' ? 'commitment' : fee.item.code;
  const owner = fee.external_subscription_id;
  const of = owner === null || owner === customer ? '' : `${owner}/`;
  return `${of}${name} ${String(fee.amount_cents)}`;
}

function noteLine(note: Record<string, number | string>): string {
  const parts = ['credit', 'refund', 'offset'].filter((part) => note[`${part}_amount_cents`] !== 0);
  const amounts = parts.map((part) => `${String(note[`${part}_amount_cents`])} ${part}`);
  return `${String(note['issuing_date'])}: ${amounts.join(' + ')}, ${String(note['balance_amount_cents'])} left`;
}
