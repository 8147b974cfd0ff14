import { describe, expect, it } from 'vitest';
import Stripe from 'stripe';
import { isSignedBy } from '../../main/payments/stripe/stripe-signature.ts';
import { Temporal } from '../../shared/dates.ts';
import { Secret } from '../../shared/secret.ts';

const SECRET = 'whsec_one';
const BODY = '{\n  "id": "evt_1",\n  "type": "payment_intent.succeeded"\n}';
const NOW_SECONDS = 1_677_672_000;
const receivedAt = Temporal.Instant.fromEpochMilliseconds(NOW_SECONDS * 1000);

/** Signed by the official library, so that both sides cannot be wrong in the same way. */
const sign = (body = BODY, { at = NOW_SECONDS, secret = SECRET } = {}): string =>
  new Stripe('sk_test_unused').webhooks.generateTestHeaderString({ payload: body, secret, timestamp: at });
const isGood = (signature: string | null, body = BODY): boolean =>
  isSignedBy(new Secret(SECRET), { bytes: Buffer.from(body), signature, receivedAt });

describe('the signature of a webhook', () => {
  it.each([
    { name: 'of the body, made now', signature: sign() },
    { name: 'made 300 s ago', signature: sign(BODY, { at: NOW_SECONDS - 300 }) },
    { name: 'made 300 s ahead', signature: sign(BODY, { at: NOW_SECONDS + 300 }) },
    { name: 'beside one of another secret', signature: `${sign(BODY, { secret: 'whsec_two' })},${sign().split(',')[1]!}` },
    { name: 'beside an older scheme', signature: `${sign()},v0=00` },
  ])('$name is taken', ({ signature }) => {
    expect(isGood(signature)).toBe(true);
  });

  it.each([
    { name: 'of another body', signature: sign(`${BODY} `) },
    { name: 'of the same JSON, written anew', signature: sign(JSON.stringify(JSON.parse(BODY))) },
    { name: 'of another secret', signature: sign(BODY, { secret: 'whsec_two' }) },
    { name: 'made 301 s ago', signature: sign(BODY, { at: NOW_SECONDS - 301 }) },
    { name: 'made 301 s ahead', signature: sign(BODY, { at: NOW_SECONDS + 301 }) },
    { name: 'under another time than it was made', signature: sign().replace(/t=\d+/, `t=${String(NOW_SECONDS - 1)}`) },
    { name: 'without a time', signature: sign().split(',')[1]! },
    { name: 'of no digits', signature: `t=${String(NOW_SECONDS)},v1=` },
    { name: 'cut short', signature: sign().slice(0, -2) },
    { name: 'that is empty', signature: '' },
    { name: 'that is missing', signature: null },
  ])('$name is refused', ({ signature }) => {
    expect(isGood(signature)).toBe(false);
  });
});
