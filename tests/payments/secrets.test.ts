import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { pinoLogger } from '../../main/headless/pino-logger.ts';
import { Secret } from '../../shared/secret.ts';
import { PaymentStage, WEBHOOK_SECRET, type StageOptions } from '../support/payment-stage.ts';

let stage: PaymentStage;
const lines: string[] = [];
afterEach(async () => {
  lines.length = 0;
  await stage.close();
});
const begin = async (options: StageOptions = {}): Promise<void> => {
  stage = await PaymentStage.begin({ ...options, logger: pinoLogger({ write: (line) => lines.push(line) }) });
};

/** Every file of the workspace but the key to its secrets, whose place is outside the books. */
function filesOf(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'latin1') }));
}

/** Whatever can be seen of the program from outside, after everything that involves a key. */
async function everythingSeen(): Promise<string> {
  const key = stage.fake.secretKey;
  const message = `Invalid API Key provided: ${key}; ${WEBHOOK_SECRET}`;
  const answers: unknown[] = [];
  for (const path of ['/payment_providers', '/payment_providers/stripe', '/customers/acme', '/openapi.json']) {
    answers.push((await stage.app.api.get(path)).body);
  }
  await stage.collected();
  stage.fake.failNext('/v1/payment_intents', 401, { message });
  await stage.collected();
  stage.fake.failNext('/v1/payment_intents', 500, { times: 5, message });
  const id = await stage.collected();
  for (let tries = 0; tries < 5; tries += 1) {
    stage.pass({ seconds: 40 });
    await stage.settle();
  }
  stage.fake.failNext('/v1/checkout/sessions', 400, { message });
  answers.push((await stage.app.api.post(`/invoices/${id}/payment_url`)).body);
  stage.fake.failNext('/v1/events', 401, { message });
  answers.push((await stage.app.api.post('/payment_providers/stripe/reconcile')).body);
  const wrong = { type: 'stripe', secret_key: `${key}Wrong` };
  answers.push((await stage.app.api.put('/payment_providers/stripe', { payment_provider: wrong })).body);
  answers.push(await stage.deliverRaw('{}', 't=1,v1=00'));
  const { context } = stage.app.engine.services;
  for (const table of ['webhook_deliveries', 'payments', 'jobs', 'payment_providers']) {
    answers.push(context.database.read.select(`SELECT * FROM "${table}"`).all());
  }
  return JSON.stringify(answers) + inspect(stage.app.engine.services.payments, { depth: 9, showHidden: true }) + lines.join('');
}

it('keys are in no answer, no log, no message, and in no file of the books', async () => {
  await begin();
  const seen = await everythingSeen();
  expect(seen).not.toContain('fake51Canary');
  expect(seen).not.toContain(WEBHOOK_SECRET);
  expect(lines.length).toBeGreaterThan(0);
  const leaks = filesOf(stage.app.folder).filter(({ text }) => text.includes('fake51Canary') || text.includes(WEBHOOK_SECRET));
  expect(leaks.map(({ name }) => name)).toEqual([]);
});

it('a key of the environment is in no file at all', async () => {
  await begin({ environmentKey: new Secret('sk_test_fake51Canary') });
  const seen = await everythingSeen();
  expect(seen).not.toContain('fake51Canary');
  expect(filesOf(stage.app.folder).filter(({ text }) => text.includes('51Canary'))).toEqual([]);
});
