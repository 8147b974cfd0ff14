import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SearchAnswer, SearchResult } from '../../../shared/internal/search.ts';
import { askInternal } from '../../support/internal-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
beforeEach(async () => {
  books = await createTestEngine({ now: '2023-03-01T00:00:00Z' });
});
afterEach(() => books.close());

async function search(text: string): Promise<readonly SearchResult[]> {
  const { status, body } = await askInternal<SearchAnswer>(books, `/search?q=${encodeURIComponent(text.toWellFormed())}`);
  expect(status).toBe(200);
  return body.results;
}

/** What is found, in one line each: `customer: Hooli (hooli · pay@hooli.test)`. */
async function found(text: string): Promise<readonly string[]> {
  return (await search(text)).map(({ entity, title, subtitle }) => `${entity}: ${title} (${subtitle})`);
}

async function post<Body = unknown>(path: string, body: unknown): Promise<Body> {
  const answer = await books.api.post<Body>(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

async function customer(externalId: string, terms: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await post('/customers', { customer: { external_id: externalId, ...terms } });
}

async function plan(code: string, name = code): Promise<void> {
  await post('/plans', {
    plan: { name, code, interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', pay_in_advance: true, charges: [] },
  });
}

async function subscribe(customerId: string, externalId: string, planCode: string, name?: string): Promise<void> {
  const asked = { external_customer_id: customerId, external_id: externalId, plan_code: planCode, name };
  await post('/subscriptions', { subscription: asked });
}

describe('what is found', () => {
  test('customers by name, external id and e-mail', async () => {
    await customer('cust_17', { name: 'Hooli', email: 'pay@hooli.test' });
    await customer('cust_18', { firstname: 'Gavin', lastname: 'Belson' });
    const hooli = 'customer: Hooli (cust_17 · pay@hooli.test)';
    expect(await found('hooli')).toEqual([hooli]);
    expect(await found('cust_17')).toEqual([hooli]);
    expect(await found('PAY@')).toEqual([hooli]);
    expect(await found('ooli.te')).toEqual([hooli]);
    expect(await found('belson')).toEqual(['customer: Gavin Belson (cust_18)']);
  });

  test('subscriptions by external id and name, once each however often the plan was changed', async () => {
    await customer('hooli', { name: 'Hooli' });
    await plan('start', 'Starter');
    await plan('grow', 'Growth');
    await subscribe('hooli', 'sub_search', 'start', 'Search in Europe');
    await post('/subscriptions', {
      subscription: { external_customer_id: 'hooli', external_id: 'sub_search', plan_code: 'grow', name: 'Search' },
    });
    const rows = await search('sub_search');
    expect(rows.map(({ entity, title, subtitle, status }) => [entity, title, subtitle, status])).toEqual([
      ['subscription', 'Search', 'sub_search · Hooli', 'active'],
    ]);
    expect((await search('search')).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  });

  test('invoices by number, and credit notes', async () => {
    await customer('hooli', { name: 'Hooli' });
    await plan('start');
    await subscribe('hooli', 'sub', 'start');
    const { invoices } = (await books.api.get<{ invoices: readonly { number: string; lago_id: string }[] }>('/invoices')).body;
    const { number, lago_id: id } = invoices[0]!;
    expect(await search(number)).toEqual([{ entity: 'invoice', id, title: number, subtitle: 'Hooli', status: 'finalized' }]);
    expect((await search(number.slice(-5))).map((row) => row.id)).toContain(id);
  });

  test('the catalogue by name and code', async () => {
    await plan('pro', 'Professional');
    await post('/billable_metrics', { billable_metric: { name: 'Search requests', code: 'requests', aggregation_type: 'count_agg' } });
    await post('/add_ons', { add_on: { name: 'Set-up', code: 'setup', amount_cents: 100, amount_currency: 'USD' } });
    const coupon = {
      coupon_type: 'fixed_amount',
      amount_cents: 100,
      amount_currency: 'USD',
      frequency: 'once',
      expiration: 'no_expiration',
    };
    await post('/coupons', { coupon: { name: 'Spring', code: 'SPRING24', ...coupon } });
    expect(await found('professional')).toEqual(['plan: Professional (pro)']);
    expect(await found('requests')).toEqual(['billable_metric: Search requests (requests)']);
    expect(await found('setup')).toEqual(['add_on: Set-up (setup)']);
    expect(await found('spring24')).toEqual(['coupon: Spring (SPRING24)']);
  });

  test('events by the beginning of their transaction id', async () => {
    await post('/events', {
      event: { transaction_id: 'tx-4711', external_subscription_id: 'sub', code: 'requests', timestamp: 1677628800 },
    });
    expect(await found('tx-47')).toEqual(['event: tx-4711 (requests · sub)']);
    expect(await found('4711')).toEqual([]);
  });

  test('any object by our own id', async () => {
    await plan('pro', 'Professional');
    const { plan: stored } = (await books.api.get<{ plan: { lago_id: string } }>('/plans/pro')).body;
    expect(await found(stored.lago_id.toUpperCase())).toEqual(['plan: Professional (pro)']);
  });

  test('nothing that was deleted, renamed away, overridden or only previewed', async () => {
    await customer('c1', { name: 'Old name' });
    await customer('c1', { name: 'New name' });
    await plan('gone', 'Vanished');
    await books.api.delete('/plans/gone');
    await plan('pro', 'Professional');
    await post('/subscriptions', {
      subscription: { external_customer_id: 'c1', external_id: 's', plan_code: 'pro', plan_overrides: { name: 'Professional' } },
    });
    await post('/invoices/preview', { customer: { name: 'Previewed person', currency: 'USD' }, plan_code: 'pro' });
    expect(await found('old name')).toEqual([]);
    expect(await found('vanished')).toEqual([]);
    expect(await found('previewed')).toEqual([]);
    expect((await found('professional')).filter((line) => line.startsWith('plan'))).toEqual(['plan: Professional (pro)']);
  });
});

describe('the order', () => {
  test('what it is comes before what begins with it, and that before what contains it', async () => {
    await customer('c1', { name: 'The acme company' });
    await customer('c2', { name: 'Acme Europe' });
    await customer('acme', { name: 'Zeta' });
    await plan('acme', 'Plan for one');
    expect(await found('acme')).toEqual([
      'customer: Zeta (acme)',
      'plan: Plan for one (acme)',
      'customer: Acme Europe (c2)',
      'customer: The acme company (c1)',
    ]);
  });

  test('words may stand apart', async () => {
    await customer('c1', { name: 'Pied Piper of Palo Alto' });
    expect(await found('alto pied')).toEqual(['customer: Pied Piper of Palo Alto (c1)']);
  });

  test('one or two letters find what begins with them', async () => {
    await customer('c1', { name: 'Örebro' });
    await customer('c2', { name: 'Zörn' });
    expect(await found('ö')).toEqual(['customer: Örebro (c1)']);
    expect(await found('C')).toEqual(['customer: Örebro (c1)', 'customer: Zörn (c2)']);
    expect(await found('orebro')).toEqual(['customer: Örebro (c1)']);
  });

  test('no kind drowns the others', async () => {
    for (let index = 0; index < 12; index += 1) await customer(`team-${String(index)}`);
    await plan('zz', 'For a team-wide roll-out');
    const kinds = (await search('team-')).map(({ entity }) => entity);
    expect(kinds).toEqual([...Array.from({ length: 8 }, () => 'customer'), 'plan']);
  });
});

describe('whatever is typed', () => {
  const HOSTILE: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['spaces', '   '],
    ['a quote', '"'],
    ['quotes and an operator', '""" OR 1'],
    ['a statement', `'; DROP TABLE "customers"; --`],
    ['a function', 'NEAR(a b, 2)'],
    ['a column', 'code:x AND NOT y'],
    ['wildcards of the index', '^abc*'],
    ['signs', '-minus +plus'],
    ['brackets', '((('],
    ['zero letters', 'a\0b\0c\0d'],
    ['wildcards of LIKE', '%_\\'],
    ['a family', '👩‍👩‍👧‍👦 👩‍👩‍👧‍👦'],
    ['right to left', '\u202eevil\u202c مرحبا بالعالم'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['half a letter', '\ud800\udc00\ud800'],
    ['5,000 letters', 'x'.repeat(5000)],
    ['500 words', 'abc '.repeat(500)],
    ['no spaces between words', '漢字かな交じり文'],
  ];

  test.each(HOSTILE)('%s is searched, not obeyed', async (_name, text) => {
    await customer('c1', { name: 'Quiet' });
    expect(await search(text)).toEqual([]);
  });

  test.each(['"Quoted" \'name\'', '👩‍👩‍👧‍👦 family', 'مرحبا بالعالم', 'a % b_c \\ d', '漢字かな'])(
    '%s is found under its own name',
    async (name) => {
      await customer('c1', { name });
      expect(await found(name)).toEqual([`customer: ${name} (c1)`]);
    },
  );
});

test('a key does not open it', async () => {
  const request = new Request('http://127.0.0.1:3000/api/internal/search?q=a', { headers: { authorization: `Bearer ${books.key}` } });
  expect((await books.engine.fetch(request)).status).not.toBe(200);
});
