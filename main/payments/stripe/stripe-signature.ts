import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../../shared/dates.ts';
import type { Secret } from '../../../shared/secret.ts';

const TOLERANCE_SECONDS = 300;

export interface SignedBody {
  readonly bytes: Uint8Array;
  /** The header `Stripe-Signature`, as it came. */
  readonly signature: string | null;
  /** On the real clock. */
  readonly receivedAt: Instant;
}

/**
 * Whether a body was signed with the secret, at most five minutes before or after now. The bytes are compared as they came: the same JSON
 * written another way is another body. Rule: payments-and-webhooks.md § 5.
 */
export function isSignedBy(secret: Secret, signed: SignedBody): boolean {
  const { timestamp, digests } = readHeader(signed.signature ?? '');
  if (timestamp === null) return false;
  const nowSeconds = Math.floor(signed.receivedAt.epochMilliseconds / 1000);
  if (Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret.reveal()).update(`${timestamp}.`).update(signed.bytes).digest();
  return digests.some((digest) => digest.length === expected.length && timingSafeEqual(digest, expected));
}

function readHeader(header: string): { readonly timestamp: string | null; readonly digests: readonly Buffer[] } {
  const pairs = header.split(',').map((pair) => pair.trim().split('='));
  const timestamp = pairs.find(([name]) => name === 't')?.[1] ?? '';
  const digests = pairs.filter(([name]) => name === 'v1').map(([, hex]) => Buffer.from(hex ?? '', 'hex'));
  return { timestamp: /^\d{1,12}$/.test(timestamp) ? timestamp : null, digests };
}
