import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Temporal } from '../../../shared/dates.ts';
import type {
  DebuggedEvent,
  DebuggedEventsAnswer,
  EventDetails,
  EventsMessage,
  EventStatusAnswer,
  ListenerGapsAnswer,
  ProblemsAnswer,
} from '../../../shared/internal/events.ts';
import type { LiveMessage } from '../../../shared/internal/stream.ts';
import { Story } from '../../support/story.ts';
import { createTestEngine } from '../../support/test-engine.ts';

let story: Story;
beforeEach(async () => {
  story = await Story.begin('2026-01-10T10:00:00Z');
});
afterEach(() => story.close());

async function ask<Answer>(path: string, of: Story = story): Promise<Answer> {
  const answer = await of.app.engine.fetch(new Request(`http://127.0.0.1:3000/api/internal${path}`), { isSignedIn: true });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Answer;
}

/** Acme, with searches summed over `volume` at 1.00 each. */
async function openShop(): Promise<void> {
  await story.metric('search_requests', { field_name: 'volume' });
  await story.plan('search', { charges: [{ metric: 'search_requests' }] });
  await story.customer('acme');
  await story.subscribe({ plan: 'search', subscription_at: '2026-01-01T00:00:00Z' });
}

let sent = 0;
async function send(code: string, properties: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  sent += 1;
  return story.app.api.post('/events', {
    event: { transaction_id: `sent-${String(sent)}`, external_subscription_id: 'acme', code, properties, ...more },
  });
}

function seconds(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds / 1000;
}

async function rows(query = ''): Promise<readonly DebuggedEvent[]> {
  return (await ask<DebuggedEventsAnswer>(`/events${query}`)).rows;
}

/** `code: verdict reason+reason → charge` of each row, newest first. */
function told(events: readonly DebuggedEvent[]): readonly string[] {
  return events.map(
    ({ code, verdict, reasons, counted_as: charges }) =>
      `${code}: ${[verdict, reasons.join('+'), charges.length === 0 ? '' : `→ ${charges.join()}`].filter((part) => part !== '').join(' ')}`,
  );
}

describe('verdicts', () => {
  beforeEach(openShop);

  it('say what became of each event', async () => {
    await send('search_requests', { volume: 12 });
    await send('serach_requests', { volume: 3 });
    await send('search_requests', { vol: 9 });
    await send('search_requests', { volume: 'many' });
    await send('search_requests', { volume: 1 }, { external_subscription_id: 'nobody' });
    await send('search_requests', { volume: 1 }, { timestamp: seconds('2025-12-31T23:59:59Z') });
    await send('search_requests', { volume: 1 }, { timestamp: seconds('2026-01-20T00:00:00Z') });
    await story.metric('uploads');
    await send('uploads', { value: 1 });
    expect(told(await rows())).toEqual([
      'uploads: note not_charged',
      'search_requests: counted in_future → search_requests',
      'search_requests: note before_start',
      'search_requests: note unknown_subscription',
      'search_requests: warning property_not_numeric',
      'search_requests: warning missing_property',
      'serach_requests: warning unknown_code',
      'search_requests: counted → search_requests',
    ]);
    expect(told(await rows('?verdict=counted'))).toHaveLength(2);
    expect(told(await rows('?verdict=problems'))).toHaveLength(6);
  });

  it('tell what was billed from what came too late', async () => {
    await send('search_requests', { volume: 12 }, { transaction_id: 'in-time' });
    story.at('2026-02-03T00:00:00Z');
    await story.runDueWork();
    await send('search_requests', { volume: 5 }, { transaction_id: 'late', timestamp: seconds('2026-01-15T00:00:00Z') });
    await send('search_requests', { volume: 5 }, { transaction_id: 'fresh' });
    expect((await rows()).map((row) => [row.transaction_id, row.verdict, row.reasons])).toEqual([
      ['fresh', 'counted', []],
      ['late', 'note', ['period_invoiced']],
      ['in-time', 'counted', []],
    ]);
    const [, , first] = await rows();
    const details = await ask<EventDetails>(`/events/${String(first?.sequence)}`);
    expect(details.charges).toMatchObject([
      { period_from: '2026-01-01', period_to: '2026-01-31', is_period_open: false, invoice: { status: 'finalized' } },
    ]);
  });

  it('keep an event open as long as its invoice is a draft', async () => {
    await story.customer('slow', { billing_configuration: { invoice_grace_period: 5 } });
    await story.subscribe({ plan: 'search', customer: 'slow', subscription_at: '2026-01-01T00:00:00Z' });
    story.at('2026-02-02T00:00:00Z');
    await story.runDueWork();
    const late = { external_subscription_id: 'slow', timestamp: seconds('2026-01-15T00:00:00Z') };
    await send('search_requests', { volume: 5 }, late);
    expect(told(await rows())).toEqual(['search_requests: counted → search_requests']);
    story.at('2026-02-09T00:00:00Z');
    await story.runDueWork();
    await send('search_requests', { volume: 7 }, late);
    expect(told(await rows())).toEqual(['search_requests: note period_invoiced', 'search_requests: counted → search_requests']);
  });

  it('follow a subscription to its end', async () => {
    await story.terminate('acme');
    await send('search_requests', { volume: 1 }, { timestamp: seconds('2026-01-11T00:00:00Z') });
    await send('search_requests', { volume: 1 }, { timestamp: seconds('2026-01-09T00:00:00Z') });
    expect(told(await rows())).toEqual(['search_requests: note period_invoiced', 'search_requests: note after_end+in_future']);
  });

  it('know charges in advance, and what came before them', async () => {
    await story.metric('calls', { aggregation_type: 'count_agg', field_name: undefined });
    await story.plan('calls', { charges: [{ metric: 'calls', pay_in_advance: true, invoiceable: false }] });
    await send('calls', {}, { external_subscription_id: 'beta' });
    await story.customer('beta');
    await story.subscribe({ plan: 'calls', customer: 'beta', subscription_at: '2026-01-01T00:00:00Z' });
    await send('calls', {}, { external_subscription_id: 'beta' });
    expect(told(await rows())).toEqual(['calls: counted → calls', 'calls: note before_charge']);
  });
});

describe('the list', () => {
  beforeEach(openShop);

  it('goes on where the page before ended, newest arrival first', async () => {
    for (let count = 0; count < 5; count += 1) await send('search_requests', { volume: count });
    const first = await ask<DebuggedEventsAnswer>('/events?limit=3');
    expect(first.rows.map(({ properties }) => properties['volume'])).toEqual([4, 3, 2]);
    expect([first.total, first.looked_back_to]).toEqual([5, null]);
    const second = await ask<DebuggedEventsAnswer>(`/events?limit=3&after=${String(first.next)}`);
    expect(second.rows.map(({ properties }) => properties['volume'])).toEqual([1, 0]);
    expect(second.next).toBeNull();
  });

  it.each([
    ['?code=other', ['t-4']],
    ['?sub=beta', ['t-3', 't-2']],
    ['?customer=acme', ['t-1']],
    ['?customer=acme&sub=beta', []],
    ['?tx=t-2', ['t-2']],
    ['?property=region', ['t-3', 't-2']],
    ['?property=region=eu', ['t-2']],
    ['?property=volume=1', ['t-3', 't-2', 't-1']],
    ['?property=volum', []],
    ['?text=EU', ['t-2']],
    ['?text=%25', []],
    ['?sub=beta&property=region=us', ['t-3']],
    ['?from=2026-01-10T11:00:00Z', ['t-4']],
    ['?to=2026-01-10T10:30:00Z', ['t-3', 't-2', 't-1']],
    ['?verdict=problems&sub=beta&code=search_requests', ['t-3', 't-2']],
  ])('finds by %s', async (query, found) => {
    await send('search_requests', { volume: 1 }, { transaction_id: 't-1' });
    await send('search_requests', { volume: '1', region: 'eu' }, { transaction_id: 't-2', external_subscription_id: 'beta' });
    await send('search_requests', { volume: 1, region: 'us' }, { transaction_id: 't-3', external_subscription_id: 'beta' });
    story.at('2026-01-10T12:00:00Z');
    await story.runDueWork();
    await send('other', {}, { transaction_id: 't-4', external_subscription_id: 'gamma' });
    expect((await rows(query)).map(({ transaction_id: id }) => id)).toEqual(found);
  });

  it('remembers what was refused', async () => {
    await send('search_requests', { volume: 1 }, { transaction_id: 'once' });
    await send('search_requests', { volume: 2 }, { transaction_id: 'once' });
    await send('search_requests', { volume: 2 }, { timestamp: '2026-01-01T00:00:00Z' });
    const { refused } = await ask<DebuggedEventsAnswer>('/events');
    expect(refused.map(({ verdict, reasons, errors, after_sequence: after }) => [verdict, reasons, errors, after])).toEqual([
      ['rejected', ['invalid_event'], { timestamp: ['invalid_format'] }, 1],
      ['rejected', ['duplicate_transaction_id'], { transaction_id: ['value_already_exist'] }, 1],
    ]);
    const { groups, count } = await ask<ProblemsAnswer>('/events/problems');
    expect([count, groups.map(({ reason, count: each }) => [reason, each])]).toEqual([
      2,
      [
        ['invalid_event', 1],
        ['duplicate_transaction_id', 1],
      ],
    ]);
  });
});

it('an event is shown with its charge, its period and the units around it', async () => {
  await openShop();
  await send('search_requests', { volume: 5 }, { timestamp: seconds('2026-01-05T00:00:00Z') });
  await send('search_requests', { volume: 12 }, { timestamp: seconds('2026-01-07T00:00:00Z') });
  await send('search_requests', { volume: 30 }, { timestamp: seconds('2026-01-09T00:00:00Z') });
  const details = await ask<EventDetails>('/events/2');
  expect(details).toMatchObject({
    skew_ms: (3 * 24 + 10) * 3_600_000,
    customer: { external_id: 'acme' },
    subscription: { plan_name: 'search' },
    metric: { code: 'search_requests', field_name: 'volume' },
    charges: [
      {
        name: 'search_requests',
        charge_model: 'standard',
        period_from: '2026-01-01',
        period_to: '2026-01-31',
        is_period_open: true,
        invoice: null,
        units_until: '17',
        units_of_period: '47',
      },
    ],
  });
  const missing = await story.app.engine.fetch(new Request('http://127.0.0.1:3000/api/internal/events/99'), { isSignedIn: true });
  expect(missing.status).toBe(404);
});

describe('problems', () => {
  beforeEach(openShop);

  it('are told once for each kind, with what could be done', async () => {
    for (let count = 0; count < 9; count += 1) await send('serach_requests', { volume: count, region: 'eu' });
    await send('serach_requests', { volume: 1 }, { timestamp: seconds('2025-11-15T00:00:00Z') });
    await send('search_requests', { vol: 9 });
    await send('search_requests', { volume: 1 }, { external_subscription_id: 'nobody' });
    const { groups, count } = await ask<ProblemsAnswer>('/events/problems');
    expect(count).toBe(12);
    expect(groups).toMatchObject([
      {
        reason: 'unknown_code',
        code: 'serach_requests',
        count: 10,
        would_count: 9,
        did_you_mean: ['search_requests'],
        suggested_metric: { aggregation_type: 'sum_agg', field_name: 'volume' },
        open_period: { from: '2026-01-01', to: '2026-01-31' },
        sent_keys: [
          { key: 'volume', type: 'number', count: 10 },
          { key: 'region', type: 'text', count: 9 },
        ],
      },
      {
        reason: 'missing_property',
        code: 'search_requests',
        count: 1,
        would_count: 1,
        did_you_mean: ['vol'],
        metric: { field_name: 'volume' },
      },
      { reason: 'unknown_subscription', external_subscription_id: 'nobody', count: 1, would_count: 0, open_period: null },
    ]);
  });

  it('are counted for the dot until they are fixed', async () => {
    const problems = async () => (await ask<EventStatusAnswer>('/events/status')).problems;
    await send('serach_requests', { volume: 3 });
    await send('search_requests', { volume: 3 });
    expect(await problems()).toBe(1);
    await send('serach_requests', { volume: 3 });
    expect(await problems()).toBe(2);
    await story.metric('serach_requests', { field_name: 'volume' });
    expect(await problems()).toBe(0);
    await send('mystery', {});
    expect(await problems()).toBe(1);
    story.at('2026-01-12T00:00:00Z');
    await story.runDueWork();
    expect(await problems()).toBe(0);
  });
});

describe('the stream', () => {
  async function listen() {
    const answer = await story.app.engine.fetch(new Request('http://127.0.0.1:3000/api/internal/stream'), { isSignedIn: true });
    const reader = answer.body!.getReader();
    await reader.read();
    return async (): Promise<readonly LiveMessage[]> => {
      const { value } = (await reader.read()) as { readonly value: Uint8Array };
      return new TextDecoder()
        .decode(value)
        .split('\n\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => JSON.parse(line.slice('data: '.length)) as LiveMessage);
    };
  }
  const eventsOf = (messages: readonly LiveMessage[]): EventsMessage => {
    const found = messages.find((message) => message.type === 'events');
    if (found === undefined) throw new Error(`no events among ${JSON.stringify(messages)}`);
    return found;
  };

  it('tells what was committed, with its verdict', async () => {
    await openShop();
    const next = await listen();
    await send('search_requests', { volume: 12 });
    await send('mystery', {});
    await send('search_requests', { volume: 1 }, { timestamp: 'soon' });
    story.app.timer.advance(250);
    const message = eventsOf(await next());
    expect(told(message.rows)).toEqual(['search_requests: counted → search_requests', 'mystery: warning unknown_code']);
    expect(message).toMatchObject({ count: 2, subscriptions: ['acme'], has_more_subscriptions: false, problems: 1, newest: 2 });
    expect(message.refused).toMatchObject([{ code: 'search_requests', verdict: 'rejected' }]);
  });

  it('tells the newest of many, how many there were, and when it is quiet again', async () => {
    await openShop();
    const next = await listen();
    for (let batch = 0; batch < 6; batch += 1) {
      const events = Array.from({ length: 100 }, (_, index) => ({
        transaction_id: `b-${String(batch)}-${String(index)}`,
        external_subscription_id: `line-${String(index)}`,
        code: 'search_requests',
        properties: { volume: 1 },
      }));
      await story.app.api.post('/events/batch', { events });
    }
    story.app.timer.advance(250);
    const message = eventsOf(await next());
    expect([message.count, message.rows.length, message.rate, message.newest]).toEqual([600, 200, 200, 600]);
    expect(message.rows.at(-1)?.transaction_id).toBe('b-5-99');
    expect(message.subscriptions).toHaveLength(100);
    story.app.timer.advance(4_000);
    const later = await next();
    expect(eventsOf(later).count).toBe(0);
  });
});

it('a time in which nothing listened is noted at the next start', async () => {
  const { app } = story;
  await send('mystery', {});
  app.engine.start();
  await send('mystery', {});
  await app.engine.close();
  const again = await createTestEngine({ folder: app.folder, now: '2026-01-10T14:00:00Z' });
  try {
    again.engine.start();
    await again.engine.services.context.database.unitOfWork.idle();
    const answer = await again.engine.fetch(new Request('http://127.0.0.1:3000/api/internal/gaps'), { isSignedIn: true });
    const { gaps } = (await answer.json()) as ListenerGapsAnswer;
    expect(gaps).toMatchObject([{ from: '2026-01-10T10:00:00.000Z', to: '2026-01-10T14:00:00.000Z', reason: 'closed', after_sequence: 2 }]);
  } finally {
    await again.close();
    rmSync(app.folder, { recursive: true });
    story = await Story.begin('2026-01-10T10:00:00Z');
  }
});
