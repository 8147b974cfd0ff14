import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileSecrets } from '../../main/headless/file-secrets.ts';
import { pinoLogger } from '../../main/headless/pino-logger.ts';
import { Secret, SecretsError } from '../../shared/secret.ts';
import { seededRandom } from '../support/seeded-random.ts';

const PLACE = { purpose: 'provider_secret_key', rowId: 'row-1' };
const CANARY = 'sk_test_canary_4242';

let folder: string;
let opened: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-secrets-'));
  opened = 0;
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function secretsWith(chosenKey?: string): FileSecrets {
  opened += 1;
  return new FileSecrets({ chosenKey, file: join(folder, 'secret.key'), random: seededRandom(`secrets ${String(opened)}`) });
}

async function problemOf(opening: Promise<Secret>): Promise<SecretsError> {
  const outcome = await opening.catch((error: unknown) => error);
  if (outcome instanceof SecretsError) return outcome;
  throw new Error('it was opened, or failed otherwise', { cause: outcome });
}

describe('a key in a file', () => {
  test('what was sealed is read at the next start', async () => {
    const sealed = await secretsWith().seal(new Secret(CANARY), PLACE);
    expect((await secretsWith().open(sealed, PLACE)).reveal()).toBe(CANARY);
  });

  test('the file is made by the first seal, for its owner alone', async () => {
    const secrets = secretsWith();
    expect(existsSync(join(folder, 'secret.key'))).toBe(false);
    await secrets.seal(new Secret(CANARY), PLACE);
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  });

  test('two secrets that are sealed at once share the one key', async () => {
    const secrets = secretsWith();
    const sealed = await Promise.all([secrets.seal(new Secret('a'), PLACE), secrets.seal(new Secret('b'), PLACE)]);
    const next = secretsWith();
    expect((await next.open(sealed[0], PLACE)).reveal()).toBe('a');
    expect((await next.open(sealed[1], PLACE)).reveal()).toBe('b');
  });

  test('a lost file is named, and found again once it is put back', async () => {
    const sealed = await secretsWith().seal(new Secret(CANARY), PLACE);
    const key = readFileSync(join(folder, 'secret.key'));
    rmSync(join(folder, 'secret.key'));
    const secrets = secretsWith();
    const problem = await problemOf(secrets.open(sealed, PLACE));
    expect(problem.code).toBe('secret_key_missing');
    expect(problem.message).toBe(
      `The key to stored secrets is missing. Put ${join(folder, 'secret.key')} back, or set METERBOOK_SECRET_KEY to what it was.`,
    );
    writeFileSync(join(folder, 'secret.key'), key);
    expect((await secrets.open(sealed, PLACE)).reveal()).toBe(CANARY);
  });

  test('a file that holds no key is never overwritten', async () => {
    writeFileSync(join(folder, 'secret.key'), 'not a key\n');
    await expect(secretsWith().seal(new Secret(CANARY), PLACE)).rejects.toMatchObject({ code: 'secret_key_wrong' });
    expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe('not a key\n');
  });
});

describe('a chosen key', () => {
  test('reads what it sealed, and makes no file', async () => {
    const sealed = await secretsWith('correct horse battery staple').seal(new Secret(CANARY), PLACE);
    expect((await secretsWith('correct horse battery staple').open(sealed, PLACE)).reveal()).toBe(CANARY);
    expect(existsSync(join(folder, 'secret.key'))).toBe(false);
  });

  test('another one is refused by name', async () => {
    const sealed = await secretsWith('correct horse battery staple').seal(new Secret(CANARY), PLACE);
    const problem = await problemOf(secretsWith('wrong horse').open(sealed, PLACE));
    expect(problem.code).toBe('secret_key_wrong');
    expect(problem.message).toBe(
      'METERBOOK_SECRET_KEY is not the key that stored secrets were sealed with. Start with the one that was used then.',
    );
  });

  test('a blank one counts as none', async () => {
    await secretsWith('  ').seal(new Secret(CANARY), PLACE);
    expect(existsSync(join(folder, 'secret.key'))).toBe(true);
  });
});

describe('a sealed text', () => {
  test('does not show what it holds, and never looks the same twice', async () => {
    const secrets = secretsWith();
    const [first, second] = [await secrets.seal(new Secret(CANARY), PLACE), await secrets.seal(new Secret(CANARY), PLACE)];
    expect(first).not.toBe(second);
    expect(Buffer.from(first.split('.')[3] ?? '', 'base64url').includes(CANARY)).toBe(false);
  });

  test.each([
    { name: 'of another row', place: { ...PLACE, rowId: 'row-2' } },
    { name: 'of another purpose', place: { ...PLACE, purpose: 'provider_webhook_secret' } },
  ])('is refused in the place $name', async ({ place }) => {
    const secrets = secretsWith();
    const problem = await problemOf(secrets.open(await secrets.seal(new Secret(CANARY), PLACE), place));
    expect(problem.code).toBe('secret_damaged');
  });

  test.each([
    { name: 'its text', alter: (sealed: string) => `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}` },
    {
      name: 'its nonce',
      alter: (sealed: string) =>
        sealed.replace(/\.(.)([A-Za-z0-9_-]{15})\./, (_, first: string, rest: string) => `.${first === 'A' ? 'B' : 'A'}${rest}.`),
    },
    { name: 'its version', alter: (sealed: string) => `2${sealed.slice(1)}` },
    { name: 'its length', alter: (sealed: string) => sealed.slice(0, 45) },
    { name: 'everything', alter: () => CANARY },
  ])('is refused when $name was altered', async ({ alter }) => {
    const secrets = secretsWith();
    const problem = await problemOf(secrets.open(alter(await secrets.seal(new Secret(CANARY), PLACE)), PLACE));
    expect(problem.code).toBe('secret_damaged');
  });
});

describe('a secret in hand', () => {
  test('prints as [secret] everywhere', () => {
    const secret = new Secret(CANARY);
    expect([String(secret), secret.toString(), JSON.stringify({ secret }), inspect({ secret }, { showHidden: true })]).toEqual([
      '[secret]',
      '[secret]',
      '{"secret":"[secret]"}',
      '{ secret: [secret] }',
    ]);
  });

  test('stays out of the log, also as part of an error', async () => {
    const lines: string[] = [];
    const logger = pinoLogger({ write: (line) => lines.push(line) });
    const secret = new Secret(CANARY);
    const secrets = secretsWith();
    const error = await problemOf(secrets.open(await secrets.seal(secret, PLACE), { ...PLACE, rowId: 'row-2' }));
    error.cause = new Error('refused', { cause: secret });
    logger.error({ error, secret, name: secret, url: secret, facts: [secret] }, 'a secret could not be opened');
    expect(lines.length).toBe(1);
    expect(lines.join('')).not.toContain(CANARY);
  });
});
