import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FAILPOINTS, type Failpoint } from '../../main/failpoint.ts';
import { FakeStripe } from '../support/fake-stripe.ts';
import { serve, type Served } from '../support/headless-host.ts';
import { expectBooksBalance } from '../support/ledger.ts';

// Each test starts the program twice, which a busy machine makes wait.
vi.setConfig({ testTimeout: 60_000 });

const WEBHOOK_SECRET = 'whsec_killed';

let parent: string;
let folder: string;
let fake: FakeStripe;
let runs: Served[];
beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'meterbook-killed-'));
  folder = join(parent, 'books');
  fake = await FakeStripe.start();
  fake.addCustomer('cus_acme', ['pm_card_visa']);
  runs = [];
});
afterEach(async () => {
  for (const run of runs) {
    run.child.kill('SIGKILL');
    await run.ended;
  }
  await fake.stop();
  rmSync(parent, { recursive: true, force: true });
});

type Json = Readonly<Record<string, unknown>>;

/** A program on the books, as its own process; it ends as by a power cut where it is told to. */
class Host {
  readonly #run: Served;

  private constructor(run: Served) {
    this.#run = run;
  }

  static async start(failpoint?: Failpoint): Promise<Host> {
    const environment = {
      ...fake.environment,
      STRIPE_SECRET_KEY: fake.secretKey,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      ...(failpoint === undefined ? {} : { METERBOOK_FAILPOINT: failpoint }),
    };
    const run = await serve(['--data-dir', folder, '--sandbox'], { environment });
    runs.push(run);
    return new Host(run);
  }

  async send<Body = Json>(method: string, path: string, body?: unknown): Promise<Body> {
    const headers = { authorization: `Bearer ${this.#run.apiKey}`, 'content-type': 'application/json' };
    const answer = await fetch(`${this.#run.url}/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (answer.status !== 200) throw new Error(`${method} ${path} was answered ${String(answer.status)}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }

  /** Sends something after which the program may be gone before it answers. */
  async sendLast(method: string, path: string, body?: unknown): Promise<void> {
    await this.send(method, path, body).catch(() => undefined);
  }

  async deliver(event: Parameters<FakeStripe['signed']>[0], organizationId: string): Promise<void> {
    const { body, signature } = fake.signed(event, { secret: WEBHOOK_SECRET });
    const url = `${this.#run.url}/webhooks/stripe/${organizationId}?code=stripe`;
    await fetch(url, { method: 'POST', headers: { 'stripe-signature': signature }, body }).catch(() => undefined);
  }

  /** Resolves when the failpoint was reached. */
  async killed(): Promise<void> {
    expect(await this.#run.ended).toMatchObject({ signal: 'SIGKILL' });
  }

  async stop(): Promise<void> {
    this.#run.child.kill('SIGTERM');
    expect(await this.#run.ended).toMatchObject({ status: 0, errors: '' });
  }

  async invoice(): Promise<Json> {
    const { invoices } = await this.send<{ invoices: readonly Json[] }>('GET', '/invoices');
    expect(invoices).toHaveLength(1);
    return invoices[0]!;
  }
}

const NEW_INVOICE = { invoice: { external_customer_id: 'acme', currency: 'EUR', fees: [{ add_on_code: 'work' }] } };

async function begin(failpoint?: Failpoint): Promise<Host> {
  const host = await Host.start(failpoint);
  const billing = { payment_provider: 'stripe', provider_customer_id: 'cus_acme' };
  await host.send('POST', '/customers', { customer: { external_id: 'acme', currency: 'EUR', billing_configuration: billing } });
  await host.send('POST', '/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 1000, amount_currency: 'EUR' } });
  return host;
}

/** Starts the program again, lets it do what it left undone, and says how the one invoice stands. */
async function afterwards(): Promise<{ readonly host: Host; readonly invoice: Json }> {
  const host = await Host.start();
  await host.send('POST', '/payment_providers/stripe/reconcile');
  return { host, invoice: await host.invoice() };
}

async function expectOneCharge({ host, invoice }: Awaited<ReturnType<typeof afterwards>>): Promise<void> {
  const id = String(invoice['lago_id']);
  expect(invoice).toMatchObject({ payment_status: 'succeeded', total_paid_amount_cents: 1000 });
  expect([fake.intentsOf(id).length, fake.chargesOf(id)]).toEqual([1, 1]);
  const { payments } = await host.send<{ payments: readonly Json[] }>('GET', `/payments?invoice_id=${id}`);
  expect(payments).toMatchObject([{ payment_status: 'succeeded', amount_cents: 1000 }]);
  await host.stop();
  expectBooksBalance({ folder });
}

/** Every failpoint, and the story in which it is reached. */
const STORIES: Readonly<Record<Failpoint, () => Promise<void>>> = {
  'after-payment-row': () => chargedOnceAfter('after-payment-row'),
  'before-payment-call': () => chargedOnceAfter('before-payment-call'),
  'after-payment-call': () => chargedOnceAfter('after-payment-call'),
  'before-refund-call': () => refundedOnceAfter('before-refund-call'),
  'after-refund-call': () => refundedOnceAfter('after-refund-call'),
  'after-provider-customer-call': async () => {
    const host = await Host.start('after-provider-customer-call');
    const billing = { payment_provider: 'stripe', sync_with_provider: true };
    await host.sendLast('POST', '/customers', { customer: { external_id: 'new', billing_configuration: billing } });
    await host.killed();
    const again = await Host.start();
    await again.send('POST', '/payment_providers/stripe/reconcile');
    const { customer } = await again.send<{ customer: { billing_configuration: Json } }>('GET', '/customers/new');
    const made = [...fake.books.customers.values()].filter((one) => one.metadata['customer_id'] === 'new');
    expect(made.map((one) => one.id)).toEqual([customer.billing_configuration['provider_customer_id']]);
  },
  'after-event-stored': async () => {
    fake.changeCard('cus_acme', 'pm_processing');
    const first = await begin();
    const { invoice } = await first.send<{ invoice: Json }>('POST', '/invoices', NEW_INVOICE);
    const id = String(invoice['lago_id']);
    await first.send('POST', '/payment_providers/stripe/reconcile');
    const { organization } = await first.send<{ organization: Json }>('GET', '/organizations');
    await first.stop();
    const host = await Host.start('after-event-stored');
    fake.resolveIntent(fake.intentsOf(id)[0]!.id, 'succeeded');
    await host.deliver(fake.eventsOf('payment_intent.succeeded')[0]!, String(organization['lago_id']));
    await host.killed();
    await expectOneCharge(await afterwards());
  },
};

async function chargedOnceAfter(failpoint: Failpoint): Promise<void> {
  const host = await begin(failpoint);
  await host.sendLast('POST', '/invoices', NEW_INVOICE);
  await host.killed();
  await expectOneCharge(await afterwards());
}

async function refundedOnceAfter(failpoint: Failpoint): Promise<void> {
  const host = await begin(failpoint);
  await host.send('POST', '/invoices', NEW_INVOICE);
  await host.send('POST', '/payment_providers/stripe/reconcile');
  const { lago_id: id } = await host.invoice();
  const { invoice } = await host.send<{ invoice: { fees: readonly Json[] } }>('GET', `/invoices/${String(id)}`);
  const items = [{ fee_id: invoice.fees[0]!['lago_id'], amount_cents: 400 }];
  await host.sendLast('POST', '/credit_notes', { credit_note: { invoice_id: id, refund_amount_cents: 400, items } });
  await host.killed();
  const again = await afterwards();
  const { credit_notes: notes } = await again.host.send<{ credit_notes: readonly Json[] }>('GET', '/credit_notes');
  expect(notes).toMatchObject([{ refund_status: 'succeeded', refund_amount_cents: 400 }]);
  expect(fake.refunds.map((refund) => refund.amount)).toEqual([400]);
  await expectOneCharge(again);
}

describe('a program that is killed', () => {
  it.each(FAILPOINTS)('%s goes on where it was, and does nothing twice', (failpoint) => STORIES[failpoint]());
});

describe('a program that is left alone', () => {
  it('charges by itself, once, and without any webhook', async () => {
    const host = await begin();
    await host.send('POST', '/invoices', NEW_INVOICE);
    await vi.waitFor(async () => expect(await host.invoice()).toMatchObject({ payment_status: 'succeeded' }), { timeout: 20_000 });
    await expectOneCharge({ host, invoice: await host.invoice() });
  });

  it('hears of a payment that took its time at its next start', async () => {
    fake.changeCard('cus_acme', 'pm_processing');
    const host = await begin();
    await host.send('POST', '/invoices', NEW_INVOICE);
    await host.send('POST', '/payment_providers/stripe/reconcile');
    const id = String((await host.invoice())['lago_id']);
    await host.stop();
    fake.resolveIntent(fake.intentsOf(id)[0]!.id, 'succeeded');
    const again = await Host.start();
    await vi.waitFor(async () => expect(await again.invoice()).toMatchObject({ payment_status: 'succeeded' }), { timeout: 20_000 });
    await expectOneCharge({ host: again, invoice: await again.invoice() });
  });
});
