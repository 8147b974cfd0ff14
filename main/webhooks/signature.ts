import { createHmac, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import type { WebhookEndpoint } from '../database/tables/organizations.ts';

const MODULUS_BITS = 2048;
const JWT_HEADER = base64UrlJson({ alg: 'RS256' });

/** What one organization signs with, opened. */
export interface SigningKeys {
  readonly hmacKey: string;
  readonly privateKey: KeyObject;
}

/** The headers that say who sent a body, and that it is whole. Rule: payments-and-webhooks.md § 10. */
export function signatureHeaders(
  keys: SigningKeys,
  algorithm: WebhookEndpoint['signatureAlgo'],
  message: { readonly body: string; readonly issuer: string },
): Readonly<Record<string, string>> {
  const signature = algorithm === 'hmac' ? signHmac(keys.hmacKey, message.body) : signJwt(keys.privateKey, message);
  return { 'X-Lago-Signature': signature, 'X-Lago-Signature-Algorithm': algorithm };
}

/** Base64 of HMAC-SHA256 over the body's bytes; the key is the text as it stands. */
export function signHmac(hmacKey: string, body: string): string {
  return createHmac('sha256', hmacKey).update(body, 'utf8').digest('base64');
}

/** A token that carries the whole body: whoever verifies it has verified what was sent. */
export function signJwt(privateKey: KeyObject, message: { readonly body: string; readonly issuer: string }): string {
  const signed = `${JWT_HEADER}.${base64UrlJson({ data: message.body, iss: message.issuer })}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** A new pair, as PEM texts. */
export function makeKeyPair(): Promise<{ readonly privateKey: string; readonly publicKey: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      modulusLength: MODULUS_BITS,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    } as const;
    generateKeyPair('rsa', options, (error, publicKey, privateKey) => {
      if (error === null) resolve({ privateKey, publicKey });
      else reject(error);
    });
  });
}

function base64UrlJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
