import { expect } from 'vitest';
import type { StripeSettings } from '../../main/engine.ts';
import { payments as paymentTable, type Payment } from '../../main/database/tables/payments.ts';
import type { Logger } from '../../main/ports/logger.ts';
import type { Secret } from '../../shared/secret.ts';
import { FakeStripe } from './fake-stripe.ts';
import type { StripeEvent } from './fake-stripe/books.ts';
import { faultsOfBooks } from './ledger.ts';
import { createTestEngine, type TestEngine } from './test-engine.ts';

type Json = Readonly<Record<string, unknown>>;

export const WEBHOOK_SECRET = 'whsec_testCanary';
const CUSTOMER = 'cus_acme';
const NOW = '2023-03-01T12:00:00Z';

export interface StageOptions {
  /** What the customer pays with; its first is the default. */
  readonly methods?: readonly string[];
  readonly isDefault?: boolean;
  readonly supports3ds?: boolean;
  readonly country?: string;
  /** A provider that the environment gives the key of, instead of one that is set up. */
  readonly environmentKey?: Secret;
  readonly drops?: 'cut' | 'reset';
  readonly logger?: Logger;
  readonly folder?: string;
  readonly fake?: FakeStripe;
}

export interface StageInvoice {
  readonly lago_id: string;
  readonly number: string;
  readonly status: string;
  readonly payment_status: string;
  readonly total_amount_cents: number;
  readonly total_paid_amount_cents: number;
  readonly total_due_amount_cents: number;
  readonly payment_dispute_lost_at: string | null;
  readonly fees: readonly { readonly lago_id: string }[];
}

/** Books with a customer at a fake Stripe, whose clocks stand in the test's hand. Nothing happens by itself: `settle` lets it. */
export class PaymentStage {
  readonly fake: FakeStripe;
  readonly app: TestEngine;
  /** Whether this story ends with more money than was due. */
  isOverpaid = false;
  #delivered = 0;

  private constructor(fake: FakeStripe, app: TestEngine) {
    this.fake = fake;
    this.app = app;
  }

  static async begin(options: StageOptions = {}): Promise<PaymentStage> {
    let now = (): number => 0;
    const fake = options.fake ?? (await FakeStripe.start({ nowSeconds: () => now(), drops: options.drops ?? 'cut' }));
    const stage = new PaymentStage(fake, await open(fake, options));
    now = () => Math.floor(stage.app.systemClock.now().epochMilliseconds / 1000);
    if (options.folder !== undefined) return stage;
    fake.addCustomer(
      CUSTOMER,
      options.methods ?? ['pm_card_visa'],
      options.isDefault === undefined ? {} : { isDefault: options.isDefault },
    );
    if (options.environmentKey === undefined) await stage.setUpProvider(options);
    await stage.post('/customers', { customer: customerOf(options) });
    await stage.post('/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 1000, amount_currency: 'EUR' } });
    await stage.post('/webhook_endpoints', { webhook_endpoint: { webhook_url: 'http://127.0.0.1:9/hook' } });
    return stage;
  }

  async setUpProvider(options: StageOptions): Promise<void> {
    const provider = {
      type: 'stripe',
      secret_key: this.fake.secretKey,
      webhook_secret: WEBHOOK_SECRET,
      supports_3ds: options.supports3ds ?? false,
    };
    await this.put('/payment_providers/stripe', { payment_provider: provider });
  }

  /** Reads the books as a ledger, and ends. More than was due may have come in, which the ledger says. */
  async close(): Promise<void> {
    const faults = faultsOfBooks(this.app.folder);
    await this.app.close();
    await this.fake.stop();
    expect(faults).toEqual(this.isOverpaid ? [expect.stringMatching(/: more was paid than due$/)] : []);
  }

  /** A final invoice of one line; its collection is wished for, and happens when it is let. */
  async invoice(options: { readonly amount?: number; readonly currency?: string; readonly skipPsp?: boolean } = {}): Promise<string> {
    const invoice = {
      external_customer_id: 'acme',
      currency: options.currency ?? 'EUR',
      skip_psp: options.skipPsp ?? false,
      fees: [{ add_on_code: 'work', unit_amount_cents: options.amount ?? 1000, units: '1' }],
    };
    const answer = await this.post<{ readonly invoice: StageInvoice }>('/invoices', { invoice });
    return answer.invoice.lago_id;
  }

  /** Lets everything happen that waits or is due. */
  settle(): Promise<void> {
    return this.app.engine.services.payments.settle();
  }

  /** A collected invoice: its id, with everything done. */
  async collected(options: Parameters<PaymentStage['invoice']>[0] = {}): Promise<string> {
    const id = await this.invoice(options);
    await this.settle();
    return id;
  }

  /** Lets real time pass. */
  pass(span: { readonly seconds?: number; readonly minutes?: number; readonly hours?: number }): void {
    this.app.systemClock.advance(span);
  }

  async read(id: string): Promise<StageInvoice> {
    return (await this.get<{ readonly invoice: StageInvoice }>(`/invoices/${id}`)).invoice;
  }

  /** How an invoice stands: `succeeded, 1000 paid`. */
  async standing(id: string): Promise<string> {
    const invoice = await this.read(id);
    return `${invoice.payment_status}, ${String(invoice.total_paid_amount_cents)} paid`;
  }

  /** The payments of an invoice, oldest first: `succeeded 1000`, `failed 1000 card_declined`. */
  async payments(invoiceId: string): Promise<readonly string[]> {
    const rows = await this.paymentRows(invoiceId);
    return rows.map((row) => [row.payablePaymentStatus, row.amountCents, row.errorCode].filter((part) => part !== null).join(' '));
  }

  async paymentRows(invoiceId: string): Promise<readonly Payment[]> {
    const { read } = this.app.engine.services.context.database;
    return read.manager.find(paymentTable, { where: { invoiceId }, order: { sequence: 'ASC' } });
  }

  /** What endpoints are told, oldest first, by the name of the message. */
  messages(...types: readonly string[]): readonly Json[] {
    const { read } = this.app.engine.services.context.database;
    const rows = read.select<{ payload: string }>(`SELECT "payload" FROM "webhook_deliveries" ORDER BY "sequence"`).all();
    return rows.map((row) => JSON.parse(row.payload) as Json).filter((message) => types.includes(String(message['webhook_type'])));
  }

  messageTypes(...types: readonly string[]): readonly string[] {
    return this.messages(...types)
      .map((message) => String(message['webhook_type']))
      .sort();
  }

  /** Sends an event to the program, signed as Stripe does. */
  async deliver(
    event: StripeEvent,
    options: { readonly secret?: string; readonly ageSeconds?: number; readonly code?: string } = {},
  ): Promise<number> {
    const { secret = WEBHOOK_SECRET, ageSeconds = 0, code = 'stripe' } = options;
    const { body, signature } = this.fake.signed(event, { secret, ageSeconds });
    return this.deliverRaw(body, signature, code);
  }

  async deliverRaw(body: string, signature: string, code = 'stripe'): Promise<number> {
    const organizationId = this.app.engine.services.context.organizationId;
    const url = `http://127.0.0.1:3000/webhooks/stripe/${organizationId}?code=${code}`;
    const headers = { 'stripe-signature': signature, 'content-type': 'application/json' };
    const answer = await this.app.engine.fetch(new Request(url, { method: 'POST', headers, body }));
    return answer.status;
  }

  /** The codes of the failures that were told, oldest first. */
  failureCodes(): readonly string[] {
    return this.messages('invoice.payment_failure').map((message) => {
      const told = message['payment_provider_invoice_payment_error'] as { readonly provider_error: { readonly error_code: string } };
      return told.provider_error.error_code;
    });
  }

  /** Everything that Stripe has to tell by now arrives, by webhooks or by asking. */
  async hear(by: 'webhooks' | 'polling'): Promise<void> {
    if (by === 'polling') await this.reconcile();
    else {
      const fresh = this.fake.books.events.slice(this.#delivered);
      this.#delivered = this.fake.books.events.length;
      for (const event of fresh) expect(await this.deliver(event)).toBe(200);
    }
    await this.settle();
  }

  async reconcile(): Promise<{ readonly checked: number; readonly changed: number }> {
    const answer = await this.post<{ readonly reconciled: { readonly checked: number; readonly changed: number } }>(
      '/payment_providers/stripe/reconcile',
    );
    return answer.reconciled;
  }

  async get<Body = Json>(path: string): Promise<Body> {
    return accepted(await this.app.api.get<Body>(path), path);
  }

  async post<Body = Json>(path: string, body?: unknown): Promise<Body> {
    return accepted(await this.app.api.post<Body>(path, body), path);
  }

  async put<Body = Json>(path: string, body?: unknown): Promise<Body> {
    return accepted(await this.app.api.put<Body>(path, body), path);
  }
}

function open(fake: FakeStripe, options: StageOptions): Promise<TestEngine> {
  const stripe: StripeSettings = {
    address: { host: '127.0.0.1', port: fake.port, protocol: 'http', networkRetries: 0 },
    secretKey: options.environmentKey ?? null,
    webhookSecret: null,
  };
  return createTestEngine({
    now: NOW,
    stripe,
    ...(options.logger === undefined ? {} : { logger: options.logger }),
    ...(options.folder === undefined ? {} : { folder: options.folder }),
  });
}

function customerOf(options: StageOptions): Json {
  const billing = { payment_provider: 'stripe', provider_customer_id: CUSTOMER };
  return { external_id: 'acme', name: 'Acme', currency: 'EUR', country: options.country ?? 'FR', billing_configuration: billing };
}

function accepted<Body>(answer: { readonly status: number; readonly body: Body }, path: string): Body {
  if (answer.status !== 200) throw new Error(`${path} was answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
