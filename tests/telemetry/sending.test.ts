import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TELEMETRY_VARIABLES, telemetryMessage } from '../../shared/internal/telemetry.ts';
import { internalClient } from '../support/internal-client.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { openTelling, type TellingEngine } from './telling-engine.ts';

let collector: WebhookReceiver;
let telling: TellingEngine;
beforeEach(async () => {
  collector = await WebhookReceiver.open();
});
afterEach(async () => {
  await telling.close();
  await collector.close();
});

async function open(): Promise<void> {
  telling = await openTelling({ collectorUrl: collector.url });
}

async function expectSilence(): Promise<void> {
  await telling.hours(72);
  expect(collector.received).toEqual([]);
  expect(await telling.log()).toEqual([]);
  expect((await telling.state()).next_at).toBeNull();
}

describe('nothing is sent, and nothing is queued', () => {
  test('before the switch was shown', async () => {
    await open();
    expect(await telling.state()).toMatchObject({ is_on: true, announced_at: null });
    await expectSilence();
  });

  test('when it is switched off; when it is switched on again, the days between are not made up for', async () => {
    await open();
    await telling.announce();
    expect((await telling.switchTo(false)).is_on).toBe(false);
    await expectSilence();
    await telling.switchTo(true);
    await telling.hours(1);
    expect(collector.received).toHaveLength(1);
  });

  test.each(TELEMETRY_VARIABLES)('where %s holds the switch at off', async (enforcedBy) => {
    telling = await openTelling({ collectorUrl: collector.url, enforcedBy });
    await telling.announce();
    expect((await telling.switchTo(true)).enforced_by).toBe(enforcedBy);
    await expectSilence();
  });

  test('of a sandbox', async () => {
    telling = await openTelling({ collectorUrl: collector.url }, { isLive: false });
    await telling.announce();
    expect((await telling.state()).is_sandbox).toBe(true);
    await expectSilence();
  });

  test('by a build without a collector', async () => {
    telling = await openTelling({});
    await telling.announce();
    await expectSilence();
  });
});

describe('a message', () => {
  test('goes an hour after the switch was shown, and then once a day', async () => {
    await open();
    expect((await telling.announce()).next_at).toBe('2026-03-01T01:00:00Z');
    await telling.announce();
    expect(collector.received).toEqual([]);
    // At 1:00 of the first three days.
    await telling.hours(72);
    expect(collector.received).toHaveLength(3);
    const log = await telling.log();
    expect(log.map(({ sent_at, result, http_status }) => [sent_at, result, http_status])).toEqual([
      ['2026-03-03T01:00:00Z', 'received', 200],
      ['2026-03-02T01:00:00Z', 'received', 200],
      ['2026-03-01T01:00:00Z', 'received', 200],
    ]);
  });

  test('is exactly what the log and the example show, and fits the closed schema', async () => {
    await open();
    const { example, installation_id: id } = await telling.announce();
    await telling.hours(1);
    const [received] = collector.received;
    const [logged] = await telling.log();
    expect(logged?.body).toBe(received?.body);
    expect(JSON.parse(received?.body ?? '')).toEqual(example);
    expect(telemetryMessage.parse(JSON.parse(received?.body ?? ''))).toMatchObject({ installation_id: id, host: 'headless' });
    // Nothing else travels with it that would know more.
    expect(Object.keys(received?.headers ?? {}).sort()).toEqual(['connection', 'content-length', 'content-type', 'host']);
  });

  test('is not sent again by a program that is started again on the same day', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'meterbook-telemetry-'));
    try {
      telling = await openTelling({ collectorUrl: collector.url }, { folder });
      const { installation_id: id } = await telling.announce();
      await telling.hours(2);
      await telling.close();
      telling = await openTelling({ collectorUrl: collector.url }, { folder, now: '2026-03-01T03:00:00Z' });
      await telling.hours(21);
      expect(collector.received).toHaveLength(1);
      await telling.hours(1);
      expect(collector.received).toHaveLength(2);
      expect((await telling.state()).installation_id).toBe(id);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('that fails is noted and not repeated before the next day; redirects lead nowhere', async () => {
    await open();
    const elsewhere = await WebhookReceiver.open();
    try {
      await telling.announce();
      collector.reactOnce(
        { kind: 'answer', status: 500 },
        { kind: 'answer', status: 307, headers: { location: elsewhere.url } },
        { kind: 'drop' },
      );
      await telling.hours(24);
      expect(collector.received).toHaveLength(1);
      await telling.hours(48);
      expect((await telling.log()).map(({ result, http_status }) => [result, http_status])).toEqual([
        ['unreachable', null],
        ['refused', 307],
        ['refused', 500],
      ]);
      expect(elsewhere.received).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  test('is given up after three seconds', async () => {
    await open();
    await telling.announce();
    collector.reactOnce({ kind: 'hang' });
    const sent = telling.hours(1);
    await collector.hasReceived(1);
    telling.books.timer.advance(2_999);
    expect((await telling.log()).map(({ result }) => result)).toEqual(['sending']);
    telling.books.timer.advance(1);
    await sent;
    expect((await telling.log()).map(({ result }) => result)).toEqual(['timeout']);
  });

  test('is given up when it is switched off while it is on its way', async () => {
    await open();
    await telling.announce();
    collector.reactOnce({ kind: 'hang' });
    const sent = telling.hours(1);
    await collector.hasReceived(1);
    await telling.switchTo(false);
    await sent;
    expect((await telling.log()).map(({ result }) => result)).toEqual(['given_up']);
  });

  test('holds no end of the program up', async () => {
    await open();
    await telling.announce();
    collector.reactOnce({ kind: 'hang' });
    const sent = telling.hours(1);
    await collector.hasReceived(1);
    await telling.books.engine.services.telemetry.stop();
    await sent;
    expect((await telling.log()).map(({ result }) => result)).toEqual(['given_up']);
  });
});

test('the last 200 messages are kept', async () => {
  await open();
  await telling.announce();
  // The first goes in the first day, the others each 25 hours.
  for (let sent = 0; sent < 203; sent += 1) {
    telling.books.timer.advance(24 * 3_600_000);
    await telling.books.engine.services.telemetry.idle();
    await telling.hours(1);
  }
  expect(collector.received).toHaveLength(203);
  const log = await telling.log();
  expect(log).toHaveLength(200);
  expect([log[0]?.sent_at, log[199]?.sent_at]).toEqual(['2026-09-28T11:00:00Z', '2026-03-05T04:00:00Z']);
}, 20_000);

test('another installation id has nothing of the one before', async () => {
  await open();
  const before = await telling.announce();
  const answer = await internalClient(telling.books).post<typeof before>('/telemetry/installation_id', {});
  expect(answer.body.installation_id).toMatch(/^[0-9a-f]{32}$/);
  expect(answer.body.installation_id).not.toBe(before.installation_id);
  expect([answer.body.announced_at, answer.body.example.installation_id]).toEqual([before.announced_at, answer.body.installation_id]);
});

test('the switch is for people: no API key reaches it, and no other body moves it', async () => {
  await open();
  const { engine, key } = telling.books;
  const headers = { authorization: `Bearer ${key}` };
  expect((await engine.fetch(new Request('http://127.0.0.1:3000/api/internal/telemetry', { headers }))).status).toBe(401);
  const refused = await internalClient(telling.books).put('/telemetry', { is_on: 'maybe' });
  expect(refused.status).toBe(422);
  expect((await telling.state()).is_on).toBe(true);
});
