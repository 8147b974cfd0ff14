import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileSecrets } from '../../main/headless/file-secrets.ts';
import type { Logger } from '../../main/ports/logger.ts';
import { SecretsError } from '../../shared/secret.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { hasHmac, verifyToken } from '../support/webhook-verification.ts';
import { openSigningKeys, readHmacKey, readPublicKey } from '../../main/webhooks/signing-keys.ts';
import { BASE_URL, happened, WebhookBench } from './webhook-bench.ts';

let bench: WebhookBench;
let receiver: WebhookReceiver;

beforeEach(async () => {
  bench = await WebhookBench.open();
  receiver = await WebhookReceiver.open();
});

afterEach(async () => {
  await bench.close();
  await receiver.close();
});

async function publicKey(): Promise<string> {
  return Buffer.from(await readPublicKey(bench.context)).toString('base64');
}

/** Letters of several bytes, quotes and a line end: what a receiver hashes is bytes. */
const AWKWARD = { type: 'thing.changed', objectType: 'thing', objectId: 'a', object: { name: 'Zoë "✓" 日本\n</script>', n: 1 } };

describe('a signature', () => {
  test('by hmac covers the raw body, with the key as the text that it is', async () => {
    await bench.endpoint(receiver.url, { signatureAlgo: 'hmac' });
    await bench.announce(AWKWARD);
    bench.webhooks.start();
    const [request] = await receiver.hasReceived(1);
    const hmacKey = (await readHmacKey(bench.context)).reveal();
    expect(request?.headers['x-lago-signature-algorithm']).toBe('hmac');
    expect([
      hasHmac(request!, hmacKey),
      hasHmac(request!, `${hmacKey}x`),
      hasHmac({ ...request!, body: `${request?.body ?? ''} ` }, hmacKey),
    ]).toEqual([true, false, false]);
  });

  test('by jwt carries the raw body and the address of the program', async () => {
    await bench.endpoint(receiver.url, { signatureAlgo: 'jwt' });
    await bench.announce(AWKWARD);
    bench.webhooks.start();
    const [request] = await receiver.hasReceived(1);
    const token = String(request?.headers['x-lago-signature']);
    expect(request?.headers['x-lago-signature-algorithm']).toBe('jwt');
    expect(verifyToken(token, await publicKey())).toEqual({ data: request?.body, iss: BASE_URL });
    const [header = '', claims = '', signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ data: '{}', iss: BASE_URL })).toString('base64url');
    expect(verifyToken(`${header}.${forged}.${signature}`, await publicKey())).toBeNull();
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({ data: request?.body, iss: BASE_URL });
  });

  test('of a body of half a megabyte is verified all the same', async () => {
    await bench.endpoint(receiver.url, { signatureAlgo: 'jwt' });
    await bench.announce({ ...AWKWARD, object: { text: 'ü'.repeat(250_000) } });
    bench.webhooks.start();
    const [request] = await receiver.hasReceived(1);
    expect(verifyToken(String(request?.headers['x-lago-signature']), await publicKey())?.data).toBe(request?.body);
  });
});

describe('the keys', () => {
  test('are made once, also when two ask at once, and stay', async () => {
    const [one, other] = await Promise.all([readPublicKey(bench.context), readPublicKey(bench.context)]);
    expect(one).toBe(other);
    expect(await readPublicKey(bench.context)).toBe(one);
    expect((await readHmacKey(bench.context)).reveal()).toBe((await readHmacKey(bench.context)).reveal());
  });

  test('lie sealed in the database', async () => {
    const hmacKey = (await readHmacKey(bench.context)).reveal();
    const { privateKey } = await openSigningKeys(bench.context);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await bench.context.database.unitOfWork.write('flush', (tx) => tx.statement('PRAGMA optimize').run());
    const files = ['', '-wal']
      .map((suffix) => readFileSync(join(bench.books.folder, `meterbook.sqlite${suffix}`)).toString('latin1'))
      .join('');
    expect(files).not.toContain(hmacKey);
    expect(files).not.toContain(pem.split('\n')[3]);
    expect(files).toContain('BEGIN PUBLIC KEY');
  });

  test('can be made anew where they are lost', async () => {
    const before = await readPublicKey(bench.context);
    await bench.webhooks.renewKeys();
    expect(await readPublicKey(bench.context)).not.toBe(before);
  });
});

describe('without the secret key', () => {
  let logged: { readonly level: string; readonly message: string; readonly error: unknown }[];

  /** The bench again, as after a start at which the key file is missing. */
  async function withoutKey(): Promise<string> {
    logged = [];
    const note =
      (level: string) =>
      (facts: Readonly<Record<string, unknown>>, message: string): void => {
        logged.push({ level, message, error: facts['error'] });
      };
    const logger: Logger = { info: () => undefined, warn: note('warn'), error: note('error') };
    await readPublicKey(bench.context);
    const file = join(bench.books.folder, 'secret.key');
    const key = readFileSync(file, 'utf8');
    rmSync(file);
    const secrets = new FileSecrets({ chosenKey: undefined, file, random: seededRandom('next start') });
    bench = WebhookBench.over(bench, { secrets, logger });
    return key;
  }

  test('messages wait, the log says why, and they go out once the key is back', async () => {
    const key = await withoutKey();
    await bench.endpoint(receiver.url);
    await bench.announce(happened('a'));
    bench.webhooks.start();
    await bench.webhooks.idle();
    expect((await bench.deliveries()).map(({ status, attempts }) => [status, attempts])).toEqual([['pending', 0]]);
    expect(logged.map(({ level, message }) => [level, message]).sort()).toEqual([
      ['error', 'webhooks of an endpoint wait: they could not be sent'],
      ['warn', 'webhooks are kept but not sent'],
    ]);
    expect(logged.every(({ error }) => error instanceof SecretsError && error.code === 'secret_key_missing')).toBe(true);

    writeFileSync(join(bench.books.folder, 'secret.key'), key);
    bench.timer.advance(60_000);
    await receiver.hasReceived(1);
    await bench.webhooks.idle();
    expect((await bench.deliveries()).map(({ status }) => status)).toEqual(['succeeded']);
  });

  test('the public key can be read, the secret ones cannot', async () => {
    await withoutKey();
    expect(await readPublicKey(bench.context)).toContain('BEGIN PUBLIC KEY');
    await expect(readHmacKey(bench.context)).rejects.toMatchObject({ code: 'secret_key_missing' });
  });
});
