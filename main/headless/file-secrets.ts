import { createCipheriv, createDecipheriv, hash, scrypt } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { Secret, SecretsError } from '../../shared/secret.ts';
import type { Random } from '../ports/random.ts';
import type { SecretPlace, SecretStore, Secrets } from '../ports/secrets.ts';

const CIPHER = 'aes-256-gcm';
const VERSION = '1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_LENGTH = 16;
const FILE_MODE = 0o600;
/** Makes guessing a chosen key slow: about 100 ms for each try, and once for each start. */
const SCRYPT_COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
const SCRYPT_SALT = 'meterbook secret key';
/** Version, key id, nonce, then the cipher text with its tag. */
const SEALED = /^1\.([0-9a-f]{16})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]+)$/;
const KEY_FILE = /^[A-Za-z0-9_-]{43}\s*$/;

export interface FileSecretsParts {
  /** `METERBOOK_SECRET_KEY`: any text. With it the file is neither read nor made. */
  readonly chosenKey: string | undefined;
  /** Where the key lies otherwise: made when the first secret is sealed, for its owner alone. No backup takes it along. */
  readonly file: string;
  readonly random: Random;
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Seals with AES-256-GCM. Purpose and row id are authenticated with it, so that rows cannot be swapped. Rule: reliability-and-security.md § 7. */
export class FileSecrets implements Secrets {
  readonly store: SecretStore;
  readonly #parts: FileSecretsParts;
  #key: Promise<Key | null> | null = null;

  constructor(parts: FileSecretsParts) {
    this.#parts = parts;
    this.store = isChosen(parts.chosenKey)
      ? { kind: 'environment', place: 'METERBOOK_SECRET_KEY' }
      : { kind: 'key_file', place: parts.file };
  }

  async seal(secret: Secret, place: SecretPlace): Promise<string> {
    const key = await this.#ensureKey();
    const nonce = this.#parts.random.bytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key.bytes, nonce);
    cipher.setAAD(surroundings(key, place));
    const sealed = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, key.id, Buffer.from(nonce).toString('base64url'), sealed.toString('base64url')].join('.');
  }

  async open(sealed: string, place: SecretPlace): Promise<Secret> {
    const [, keyId, nonce = '', text = ''] = SEALED.exec(sealed) ?? [];
    if (keyId === undefined) throw damaged(place);
    const key = await this.#readKey();
    if (key === null) throw this.#missing();
    if (key.id !== keyId) throw this.#wrong();
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length < TAG_BYTES) throw damaged(place);
    const decipher = createDecipheriv(CIPHER, key.bytes, Buffer.from(nonce, 'base64url'));
    decipher.setAAD(surroundings(key, place));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = decipher.update(bytes.subarray(0, -TAG_BYTES));
    try {
      return new Secret(Buffer.concat([plain, decipher.final()]).toString('utf8'));
    } catch (error) {
      throw damaged(place, error);
    }
  }

  /** The chosen key, else the file's; null when there is none. Read once, unless that fails. */
  #readKey(): Promise<Key | null> {
    return this.#remember(this.#key ?? this.#findKey());
  }

  /** Makes the key when there is none. Callers queue behind each other, so that it is made once. */
  async #ensureKey(): Promise<Key> {
    const ensured = this.#readKey().then(async (key) => key ?? this.#writeKey(Buffer.from(this.#parts.random.bytes(KEY_BYTES))));
    void this.#remember(ensured);
    return ensured;
  }

  #remember(key: Promise<Key | null>): Promise<Key | null> {
    this.#key = key;
    const forget = (): void => {
      if (this.#key === key) this.#key = null;
    };
    key.then((found) => {
      if (found === null) forget();
    }, forget);
    return key;
  }

  async #findKey(): Promise<Key | null> {
    const chosen = this.#parts.chosenKey?.trim() ?? '';
    if (chosen !== '') return keyOf(await derive(chosen));
    const text = await readOrNull(this.#parts.file);
    if (text === null) return null;
    if (!KEY_FILE.test(text)) throw this.#wrong();
    return keyOf(Buffer.from(text.trim(), 'base64url'));
  }

  /** On disk before it is used: what it seals must be readable at the next start. */
  async #writeKey(bytes: Buffer): Promise<Key> {
    const { file } = this.#parts;
    const unfinished = `${file}.part`;
    const written = await open(unfinished, 'w', FILE_MODE);
    try {
      await written.writeFile(`${bytes.toString('base64url')}\n`);
      await written.sync();
    } finally {
      await written.close();
    }
    await rename(unfinished, file);
    return keyOf(bytes);
  }

  #missing(): SecretsError {
    const sentence = `The key to stored secrets is missing. Put ${this.#parts.file} back, or set METERBOOK_SECRET_KEY to what it was.`;
    return new SecretsError('secret_key_missing', sentence);
  }

  #wrong(): SecretsError {
    const source = isChosen(this.#parts.chosenKey) ? 'METERBOOK_SECRET_KEY' : `The key in ${this.#parts.file}`;
    const sentence = `${source} is not the key that stored secrets were sealed with. Start with the one that was used then.`;
    return new SecretsError('secret_key_wrong', sentence);
  }
}

function isChosen(chosenKey: string | undefined): boolean {
  return (chosenKey?.trim() ?? '') !== '';
}

function damaged({ purpose, rowId }: SecretPlace, cause?: unknown): SecretsError {
  const error = new SecretsError('secret_damaged', `The stored ${purpose} of ${rowId} was altered or moved. Enter it again.`);
  if (cause !== undefined) error.cause = cause;
  return error;
}

function surroundings(key: Key, place: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, key.id, place.purpose, place.rowId]));
}

function keyOf(bytes: Buffer): Key {
  return { bytes, id: hash('sha256', Buffer.concat([Buffer.from('meterbook key id'), bytes]), 'hex').slice(0, KEY_ID_LENGTH) };
}

function derive(chosen: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(chosen, SCRYPT_SALT, KEY_BYTES, SCRYPT_COST, (error, bytes) => {
      if (error === null) resolve(bytes);
      else reject(error);
    });
  });
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
