import { subscribe } from 'node:diagnostics_channel';
import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodeOutgoingHttp, type NameResolver } from '../../main/headless/node-outgoing-http.ts';
import type { OutgoingOutcome } from '../../main/ports/outgoing-http.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeTimer } from '../support/fake-timer.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const BODY = '{"webhook_type":"invoice.created"}';

let receiver: WebhookReceiver;
let timer: FakeTimer;
let ownPort: number | null;
let addresses: readonly LookupAddress[];
let giveUp: AbortController;

beforeEach(async () => {
  receiver = await WebhookReceiver.open();
  timer = new FakeTimer(new FakeClock('2023-01-01T00:00:00Z'));
  ownPort = null;
  addresses = [{ address: '127.0.0.1', family: 4 }];
  giveUp = new AbortController();
});

afterEach(() => receiver.close());

const resolve: NameResolver = (_name, answer) => {
  answer(null, addresses);
};

function post(url = receiver.url): Promise<OutgoingOutcome> {
  const http = new NodeOutgoingHttp({ timer, ownPort: () => ownPort, resolve });
  return http.post({ url, headers: { 'Content-Type': 'application/json', 'X-Test': 'yes' }, body: BODY, signal: giveUp.signal });
}

describe('a post', () => {
  test('sends its headers and body as they are and reads the answer', async () => {
    receiver.reactOnce({ kind: 'answer', status: 202, body: 'thänks' });
    expect(await post()).toEqual({ kind: 'answered', status: 202, body: 'thänks' });
    const [request] = receiver.received;
    expect(request).toMatchObject({
      path: '/hooks',
      body: BODY,
      headers: { 'content-type': 'application/json', 'x-test': 'yes', 'content-length': '34' },
    });
  });

  test('follows no redirect', async () => {
    receiver.reactOnce({ kind: 'answer', status: 302, headers: { location: `${receiver.url}/elsewhere` } });
    expect(await post()).toEqual({ kind: 'answered', status: 302, body: '' });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks']);
  });

  test('is given up after 30 seconds without an answer', async () => {
    receiver.reactOnce({ kind: 'hang' });
    const outcome = post();
    await receiver.hasReceived(1);
    timer.advance(29_999);
    timer.advance(1);
    expect(await outcome).toEqual({ kind: 'failed', failure: 'timeout', detail: 'no answer within 30 s' });
    expect(timer.delaysMs).toEqual([]);
  });

  test('counts as answered when the status came and the rest did not within 30 seconds', async () => {
    receiver.reactOnce({ kind: 'stall', status: 200, body: 'I am still' });
    const statusCame = new Promise<void>((resolve) => {
      subscribe('http.client.response.finish', () => resolve());
    });
    const outcome = post();
    await statusCame;
    timer.advance(30_000);
    expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
  });

  test('reads 64 KiB of an answer without end', async () => {
    receiver.reactOnce({ kind: 'stream', status: 200 });
    expect(await post()).toEqual({ kind: 'answered', status: 200, body: 'x'.repeat(65_536) });
  });

  test('says that nobody answered', async () => {
    receiver.reactOnce({ kind: 'drop' });
    expect(await post()).toMatchObject({ kind: 'failed', failure: 'unreachable' });
    const { url } = receiver;
    await receiver.close();
    expect(await post(url)).toEqual({ kind: 'failed', failure: 'unreachable', detail: 'ECONNREFUSED' });
    receiver = await WebhookReceiver.open();
  });

  test('can be given up', async () => {
    receiver.reactOnce({ kind: 'hang' });
    const outcome = post();
    await receiver.hasReceived(1);
    giveUp.abort();
    expect(await outcome).toMatchObject({ kind: 'failed', failure: 'given_up' });
  });

  test.each(['not a url', 'ftp://127.0.0.1/hooks', 'file:///etc/passwd', 'http://'])('is not tried to %s', async (url) => {
    expect(await post(url)).toMatchObject({ kind: 'failed', failure: 'invalid_url' });
  });
});

describe('the address that is dialled', () => {
  test.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://0251.0376.0251.0376/',
    'http://0xa9.0xfe.0xa9fe/',
    'http://0xA9FEA9FE/',
    'https://[fe80::1]/',
  ])('is checked however it is written: %s', async (url) => {
    expect(await post(url)).toMatchObject({ kind: 'failed', failure: 'refused_address' });
  });

  test('is checked after the name was resolved', async () => {
    addresses = [{ address: '169.254.169.254', family: 4 }];
    expect(await post(`http://hooks.example:${String(receiver.port)}/hooks`)).toEqual({
      kind: 'failed',
      failure: 'refused_address',
      detail: 'link-local and metadata addresses and the port of this program are not dialled',
    });
  });

  test('is one of those that the check let through', async () => {
    addresses = [
      { address: '169.254.169.254', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await post(`http://hooks.example:${String(receiver.port)}/hooks`)).toMatchObject({ kind: 'answered', status: 200 });
  });

  test('is not our own server, by whatever name', async () => {
    ownPort = receiver.port;
    const port = String(ownPort);
    for (const url of [
      receiver.url,
      `http://0.0.0.0:${port}/`,
      `http://[::1]:${port}/`,
      `http://localhost:${port}/`,
      `http://2130706433:${port}/`,
    ]) {
      expect(await post(url)).toMatchObject({ kind: 'failed', failure: 'refused_address' });
    }
    expect(receiver.received).toEqual([]);
  });

  test('of a name that does not exist is said so', async () => {
    const http = new NodeOutgoingHttp({
      timer,
      ownPort: () => null,
      resolve: (_name, answer) => answer(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []),
    });
    const outcome = await http.post({ url: 'http://hooks.example/', headers: {}, body: BODY, signal: giveUp.signal });
    expect(outcome).toEqual({ kind: 'failed', failure: 'unreachable', detail: 'ENOTFOUND' });
  });
});
