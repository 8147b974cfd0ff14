import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PaymentStage } from '../support/payment-stage.ts';

const HEARTBEAT_MS = 60_000;

let stage: PaymentStage;
beforeEach(async () => {
  stage = await PaymentStage.begin({ methods: ['pm_processing'] });
});
afterEach(() => stage.close());

const passes = (): number => stage.fake.calls('GET /v1/events').length;
/** Everything that was begun has ended: the next look is planned. */
const atRest = (): Promise<void> => stage.app.timer.armed(HEARTBEAT_MS, HEARTBEAT_MS);
const start = async (): Promise<void> => {
  stage.app.engine.services.payments.start();
  await atRest();
};
const beat = async (): Promise<void> => {
  stage.app.timer.advance(HEARTBEAT_MS);
  await atRest();
};

describe('left alone, the program', () => {
  it('passes over everything that is open at its start, and every quarter of an hour', async () => {
    await start();
    expect(passes()).toBe(1);
    for (let minutes = 1; minutes < 15; minutes += 1) await beat();
    expect(passes()).toBe(1);
    await beat();
    expect(passes()).toBe(2);
  });

  it('passes over everything when the computer wakes up', async () => {
    await start();
    stage.pass({ minutes: 10 });
    stage.app.timer.advance(0);
    await atRest();
    expect(passes()).toBe(2);
  });

  it('passes over everything when Stripe answers again', async () => {
    stage.fake.goOffline(1);
    await start();
    const before = passes();
    await stage.app.api.post('/customers/acme/checkout_url');
    stage.app.timer.advance(200);
    await vi.waitFor(() => expect(passes()).toBe(before + 1));
    await atRest();
  });

  it('collects what is wished for, and tries again when a wait is over', async () => {
    stage.fake.changeCard('cus_acme', 'pm_card_visa');
    stage.fake.failNext('/v1/payment_intents', 503);
    const id = await stage.invoice();
    // The request log has written down what came so far: the only wait of about a second left is the payment's.
    stage.app.timer.advance(1000);
    stage.app.engine.services.payments.start();
    await stage.app.timer.armed(800, 1200);
    expect(await stage.standing(id)).toBe('pending, 0 paid');
    stage.app.timer.advance(1200);
    await vi.waitFor(async () => expect(await stage.standing(id)).toBe('succeeded, 1000 paid'));
    expect(stage.fake.chargesOf(id)).toBe(1);
  });

  it('hears of a payment that takes its time when it looks, after a minute', async () => {
    const id = await stage.collected();
    await start();
    stage.fake.resolveIntent(stage.fake.intentsOf(id)[0]!.id, 'succeeded');
    await beat();
    await vi.waitFor(async () => expect(await stage.standing(id)).toBe('succeeded, 1000 paid'));
  });
});
