import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeychainSecrets } from '../../main/desktop/keychain-secrets.ts';
import { FileSecrets } from '../../main/headless/file-secrets.ts';
import { Secret } from '../../shared/secret.ts';
import { seededRandom } from '../support/seeded-random.ts';

const PLACE = { purpose: 'provider_secret_key', rowId: 'row-1' };
let folder: string;
let keyFile: FileSecrets;
let secrets: KeychainSecrets;
let isLocked: boolean;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-keychain-'));
  keyFile = new FileSecrets({ chosenKey: undefined, file: join(folder, 'secret.key'), random: seededRandom('keychain') });
  isLocked = false;
  // A keychain that turns texts around, at the other end of the port.
  const turned = (text: string): string => [...text].reverse().join('');
  secrets = new KeychainSecrets((asked) => {
    const { askId, text } = asked;
    secrets.hear(isLocked ? { type: 'not_sealed', askId, sentence: 'it is locked' } : { type: 'sealed', askId, text: turned(text) });
  }, keyFile);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('secrets of the keychain', () => {
  test('come back in their place, and are unreadable meanwhile', async () => {
    const sealed = await secrets.seal(new Secret('sk_live_1'), PLACE);
    expect(sealed).not.toContain('sk_live_1');
    expect((await secrets.open(sealed, PLACE)).reveal()).toBe('sk_live_1');
  });

  test('cannot be opened in another place', async () => {
    const sealed = await secrets.seal(new Secret('sk_live_1'), PLACE);
    await expect(secrets.open(sealed, { ...PLACE, rowId: 'row-2' })).rejects.toMatchObject({ code: 'secret_damaged' });
    await expect(secrets.open(sealed, { ...PLACE, purpose: 'webhook_private_key' })).rejects.toMatchObject({ code: 'secret_damaged' });
  });

  test('of a key file are still opened with it', async () => {
    const sealed = await keyFile.seal(new Secret('from the server'), PLACE);
    expect((await secrets.open(sealed, PLACE)).reveal()).toBe('from the server');
  });

  test('that the keychain does not open say so in a sentence', async () => {
    const sealed = await secrets.seal(new Secret('sk_live_1'), PLACE);
    isLocked = true;
    await expect(secrets.open(sealed, PLACE)).rejects.toThrow('The keychain of this computer does not open stored secrets: it is locked');
  });

  test('say where they are', () => {
    expect(secrets.store).toEqual({ kind: 'keychain', place: null });
  });
});
