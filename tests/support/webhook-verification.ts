import { createHmac, createPublicKey, verify } from 'node:crypto';
import type { ReceivedWebhook } from './webhook-receiver.ts';

/** Claims of a token. */
export interface WebhookClaims {
  readonly data: string;
  readonly iss: string;
}

/** Verifies an RS256 token as a receiver does, written apart from the code that signs: the claims, or null when it is not genuine. */
export function verifyToken(token: string, encodedPublicKey: string): WebhookClaims | null {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const publicKey = createPublicKey(Buffer.from(encodedPublicKey, 'base64').toString('utf8'));
  const isGenuine = verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url'));
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as { readonly alg: string };
  if (!isGenuine || alg !== 'RS256') return null;
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as WebhookClaims;
}

/** Whether the signature of a request is the HMAC of its raw body under a key. */
export function hasHmac(received: ReceivedWebhook, hmacKey: string): boolean {
  const wanted = createHmac('sha256', Buffer.from(hmacKey, 'utf8')).update(Buffer.from(received.body, 'utf8')).digest('base64');
  return received.headers['x-lago-signature'] === wanted;
}
