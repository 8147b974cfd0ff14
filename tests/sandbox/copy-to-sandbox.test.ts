import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyToSandbox, WorkspaceError } from '../../main/engine.ts';
import type { SandboxAnswer } from '../../shared/internal/workspaces.ts';
import { dumpBooks } from '../support/books-dump.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { apiClient } from '../support/http-client.ts';
import { internalClient } from '../support/internal-client.ts';
import { expectBooksBalance } from '../support/ledger.ts';
import { PaymentStage } from '../support/payment-stage.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

let parent: string;
let folder: string;
const open: TestEngine[] = [];
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'meterbook-sandbox-'));
  folder = join(parent, 'books');
});
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  rmSync(parent, { recursive: true, force: true });
});

async function opened(...asked: Parameters<typeof createTestEngine>): Promise<TestEngine> {
  const app = await createTestEngine(...asked);
  open.push(app);
  return app;
}

async function duplicate(app: TestEngine): Promise<string> {
  const answer = await internalClient(app).post<SandboxAnswer>('/workspaces/sandbox');
  expect([answer.status, answer.body.is_sandbox]).toEqual([200, true]);
  return answer.body.folder;
}

async function accepted(app: TestEngine, path: string, body: unknown): Promise<void> {
  const answer = await app.api.post(path, body);
  expect([path, answer.status]).toEqual([path, 200]);
}

/** Live books on 10 January: a plan of 31.00 a month in arrears, a customer on it, and one invoice of 10.00. */
async function sellingCompany(): Promise<TestEngine> {
  const app = await opened({ folder, isLive: true, now: '2023-01-10T00:00:00Z' });
  const plan = { name: 'Basic', code: 'basic', interval: 'monthly', amount_cents: 3100, amount_currency: 'EUR', pay_in_advance: false };
  await accepted(app, '/plans', { plan: { ...plan, charges: [] } });
  await accepted(app, '/customers', { customer: { external_id: 'acme', currency: 'EUR' } });
  await accepted(app, '/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'basic', external_id: 'acme-1' } });
  await accepted(app, '/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 1000, amount_currency: 'EUR' } });
  const fees = [{ add_on_code: 'work', unit_amount_cents: 1000, units: '1' }];
  await accepted(app, '/invoices', { invoice: { external_customer_id: 'acme', currency: 'EUR', fees } });
  return app;
}

interface Listed {
  readonly invoices: readonly { readonly lago_id: string; readonly issuing_date: string; readonly total_amount_cents: number }[];
}

/** Oldest first: `2023-01-10 1000`. */
async function invoicesOf(app: TestEngine): Promise<readonly string[]> {
  const { invoices } = (await app.api.get<Listed>('/invoices')).body;
  return invoices.map((invoice) => `${invoice.issuing_date} ${String(invoice.total_amount_cents)}`).sort();
}

describe('a sandbox made of live books', () => {
  it('holds the same books, stands still, bills on when its clock is moved, and changes nothing in the original', async () => {
    const original = await sellingCompany();
    const before = dumpBooks(original);
    const copyFolder = await duplicate(original);
    expect([copyFolder, dumpBooks(original)]).toEqual([`${folder}-sandbox-1`, before]);
    const copy = await opened({ folder: copyFolder, now: '2023-01-20T00:00:00Z' });
    expectBooksBalance(copy);
    const ids = async (app: TestEngine): Promise<unknown> => (await app.api.get<Listed>('/invoices')).body.invoices;
    expect(await ids(copy)).toEqual(await ids(original));
    expect((await copy.api.get('/test_clock')).body).toEqual({ test_clock: { now: '2023-01-10T00:00:00Z' } });
    await copy.moveClock('2023-03-01T00:00:00Z');
    // 22 of January's 31 days, then February.
    expect(await invoicesOf(copy)).toEqual(['2023-01-10 1000', '2023-02-01 2200', '2023-03-01 3100']);
    expectBooksBalance(copy);
    expect([await invoicesOf(original), dumpBooks(original)]).toEqual([['2023-01-10 1000'], before]);
  });

  it('sends nothing to the endpoints it came with, neither what waits nor what happens in it', async () => {
    const receiver = await WebhookReceiver.open();
    try {
      const original = await opened({ folder, isLive: true });
      await accepted(original, '/webhook_endpoints', { webhook_endpoint: { webhook_url: receiver.url } });
      await accepted(original, '/customers', { customer: { external_id: 'acme' } });
      const copy = await opened({ folder: await duplicate(original) });
      await accepted(copy, '/customers', { customer: { external_id: 'in the copy' } });
      const { webhooks } = copy.engine.services;
      webhooks.start();
      await webhooks.idle();
      expect(receiver.received).toEqual([]);
      original.engine.services.webhooks.start();
      await original.engine.services.webhooks.idle();
      expect(receiver.received.map(({ message }) => message.webhook_type)).toEqual(['customer.created']);
    } finally {
      await receiver.close();
    }
  });

  it('is not opened by the keys of the original', async () => {
    const original = await opened({ folder, isLive: true });
    const key = await original.engine.createApiKey('live');
    const copy = await opened({ folder: await duplicate(original) });
    const statusFor = async (app: TestEngine): Promise<number> =>
      (await apiClient((request) => app.engine.fetch(request), key).get('/customers')).status;
    expect([await statusFor(original), await statusFor(copy), await copy.engine.listApiKeys()]).toEqual([200, 401, []]);
  });

  it('is whole, for its owner alone, with its files and without what belongs to the original', async () => {
    const original = await opened({ folder, isLive: true });
    writeFileSync(join(folder, 'files', 'logo.png'), 'a picture');
    writeFileSync(join(folder, 'files', 'logo.png.1.part'), 'half a picture');
    writeFileSync(join(folder, 'secret.key'), 'a key');
    const copy = await duplicate(original);
    const rights = (...path: readonly string[]): string => (statSync(join(copy, ...path)).mode & 0o777).toString(8);
    expect([readdirSync(copy).sort(), readdirSync(join(copy, 'files'))]).toEqual([
      ['backups', 'files', 'logs', 'meterbook.sqlite'],
      ['logo.png'],
    ]);
    expect([rights(), rights('meterbook.sqlite'), rights('files')]).toEqual(['700', '600', '700']);
  });

  it('is of one moment, while customers go on being made', async () => {
    const original = await opened({ folder, isLive: true });
    const writes = Array.from({ length: 40 }, (_, number) =>
      accepted(original, '/customers', { customer: { external_id: `c${String(number)}` } }),
    );
    const copyFolder = await duplicate(original);
    await Promise.all(writes);
    const copy = await opened({ folder: copyFolder });
    const rows = copy.engine.services.context.database.read.select<{ result: string }>('PRAGMA integrity_check').all();
    expect(rows).toEqual([{ integrity_check: 'ok' }]);
    expect(await duplicate(original)).toBe(`${folder}-sandbox-2`);
  });
});

/** Which of its provider's secrets books hold, and whether they know where they are. */
function keysOf({ app }: PaymentStage): unknown {
  const sql = `SELECT "secret_key_sealed" IS NOT NULL AS "key", "webhook_secret_sealed" IS NOT NULL AS "secret", "home" <> '' AS "home"
    FROM "payment_providers"`;
  return app.engine.services.context.database.read.select<object>(sql).get();
}

describe('payments in a sandbox that is a copy', () => {
  it('are not collected: what was under way is the original’s', async () => {
    const original = await PaymentStage.begin();
    const id = await original.invoice();
    const copyFolder = await duplicate(original.app);
    const copy = await PaymentStage.begin({ fake: original.fake, folder: copyFolder });
    await copy.settle();
    expect([copy.fake.chargesOf(id), await copy.standing(id)]).toEqual([0, 'pending, 0 paid']);
    expect([keysOf(original), keysOf(copy)]).toEqual([
      { key: 1, secret: 1, home: 1 },
      { key: 0, secret: 0, home: 0 },
    ]);
    await original.settle();
    expect([original.fake.chargesOf(id), await original.standing(id)]).toEqual([1, 'succeeded, 1000 paid']);
    await copy.app.close();
    await original.close();
    rmSync(copyFolder, { recursive: true });
  });
});

describe('no sandbox is made, and nothing is left behind,', () => {
  async function refusal(target: string | null, from = folder): Promise<readonly [string, string]> {
    const systemClock = new FakeClock('2023-01-10T00:00:00Z');
    try {
      await copyToSandbox({ folder: from, target, systemClock, random: seededRandom('sandbox'), logger: silentLogger });
    } catch (error) {
      if (error instanceof WorkspaceError) return [error.problem, error.message];
      throw error;
    }
    throw new Error('it was copied');
  }

  it('where the folder is there already, lies in the books, or cannot be made', async () => {
    await opened({ folder, isLive: true });
    const taken = join(parent, 'taken');
    mkdirSync(taken);
    expect(await refusal(taken)).toEqual(['target_exists', `${taken} is there already. Choose a folder that is not.`]);
    expect((await refusal(join(folder, 'files', 'copy')))[0]).toBe('copy_failed');
    const [problem, sentence] = await refusal(join(parent, 'nowhere', 'copy'));
    expect([problem, sentence]).toEqual([
      'copy_failed',
      expect.stringMatching(/could not be made \(ENOENT.+\)\. Nothing was left behind\.$/),
    ]);
    expect([readdirSync(parent).sort(), readdirSync(taken), readdirSync(join(folder, 'files'))]).toEqual([['books', 'taken'], [], []]);
  });

  it('where there are no books', async () => {
    expect((await refusal(null))[0]).toBe('not_a_workspace');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('where the books are no database', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'meterbook.sqlite'), 'not a database at all, whatever its name says');
    expect((await refusal(null))[0]).toBe('copy_failed');
    expect(readdirSync(parent)).toEqual(['books']);
  });

  it('and a window is told so', async () => {
    // The disk refuses a name as long as the copy's would be.
    const long = join(parent, 'b'.repeat(240));
    const original = await opened({ folder: long, isLive: true });
    const answer = await internalClient(original).post('/workspaces/sandbox');
    expect(answer).toMatchObject({ status: 405, body: { code: 'sandbox_not_made' } });
    expect(readdirSync(parent)).toEqual(['b'.repeat(240)]);
  });
});
