import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActivityRow, NewApiKeyAnswer } from '../../../shared/internal/developers.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { apiClient, type ApiAnswer, type ApiClient } from '../../support/http-client.ts';
import { internalClient } from '../../support/internal-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
/** Calls below `/api/internal`, and below `/api/v1`, as a signed-in window makes them. */
let screens: ApiClient;
let windowApi: ApiClient;
beforeEach(async () => {
  books = await createTestEngine({ now: '2023-03-01T12:00:00Z' });
  screens = internalClient(books);
  windowApi = apiClient((request) => {
    const unsigned = new Request(request);
    unsigned.headers.delete('authorization');
    return books.engine.fetch(unsigned, { isSignedIn: true });
  }, '');
});
afterEach(() => books.close());

const PLAN = { name: 'Basic', code: 'basic', interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', pay_in_advance: false };

async function rows(query = ''): Promise<readonly ActivityRow[]> {
  return (await screens.get<ListAnswer<ActivityRow>>(`/activity?limit=50${query}`)).body.rows;
}

const line = ({ action, entity, entity_name: name }: ActivityRow): string => `${action} ${entity} ${name}`;

async function accepted(answer: Promise<ApiAnswer>): Promise<ApiAnswer> {
  const got = await answer;
  expect(got.status, JSON.stringify(got.body)).toBe(200);
  return got;
}

async function undo(answer: ApiAnswer): Promise<ApiAnswer> {
  return screens.post(`/undo/${answer.headers.get('x-activity-id') ?? 'none'}`);
}

describe('the log of changes', () => {
  test('says what was made, changed and deleted, and by whom', async () => {
    const { key } = (await screens.post<NewApiKeyAnswer>('/api_keys', { api_key: { name: 'Backend' } })).body;
    const backend = apiClient((request) => books.engine.fetch(request), key);
    await accepted(backend.post('/plans', { plan: PLAN }));
    await accepted(windowApi.put('/plans/basic', { plan: { name: 'Starter', amount_cents: 2000 } }));
    await accepted(backend.delete('/plans/basic'));
    const [deleted, updated, created, madeKey] = await rows();
    expect(created).toMatchObject({ action: 'created', entity: 'plan', entity_name: 'Basic', author: 'key', author_name: 'Backend' });
    expect(created!.after).toMatchObject({ code: 'basic', amount_cents: 1000 });
    expect(updated).toMatchObject({
      action: 'updated',
      author: 'screen',
      author_name: null,
      before: { name: 'Basic', amount_cents: 1000 },
      after: { name: 'Starter', amount_cents: 2000 },
      occurred_at: '2023-03-01T12:00:00.000Z',
    });
    expect(Object.keys(updated!.after)).toEqual(['name', 'amount_cents']);
    expect(line(deleted!)).toBe('deleted plan Starter');
    expect(line(madeKey!)).toBe('created api_key Backend');
    expect(JSON.stringify(await rows())).not.toContain(key.slice(4, -4));
  });

  test('tells actions by their words, and upserts as what they were', async () => {
    await accepted(books.api.post('/customers', { customer: { external_id: 'hooli', name: 'Hooli', currency: 'EUR' } }));
    await accepted(books.api.post('/customers', { customer: { external_id: 'hooli', name: 'Hooli Inc' } }));
    await accepted(books.api.post('/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 1000, amount_currency: 'EUR' } }));
    const invoice = { external_customer_id: 'hooli', currency: 'EUR', fees: [{ add_on_code: 'work' }] };
    const made = await accepted(books.api.post('/invoices', { invoice }));
    const { lago_id: id, number } = (made.body as { readonly invoice: { readonly lago_id: string; readonly number: string } }).invoice;
    await accepted(books.api.post(`/invoices/${id}/void`));
    expect((await rows()).map(line)).toEqual([
      `void invoice ${number}`,
      `created invoice ${number}`,
      'created add_on Work',
      'updated customer Hooli Inc',
      'created customer Hooli',
    ]);
    const [voided] = await rows(`&entity_id=${id}`);
    expect([voided!.before, voided!.after]).toMatchObject([{ status: 'finalized' }, { status: 'voided' }]);
  });

  test('has nothing of what was refused, asked only, or changed nothing', async () => {
    await accepted(books.api.post('/plans', { plan: PLAN }));
    await books.api.post('/plans', { plan: PLAN });
    await books.api.get('/plans');
    await accepted(books.api.put('/plans/basic', { plan: { name: 'Basic' } }));
    expect((await rows()).map(line)).toEqual(['created plan Basic']);
  });

  test('is found by name, kind, object and author', async () => {
    await accepted(books.api.post('/plans', { plan: PLAN }));
    await accepted(windowApi.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: '20' } }));
    expect((await rows('&entity=plan')).map(line)).toEqual(['created plan Basic']);
    expect((await rows('&author=screen')).map(line)).toEqual(['created tax VAT']);
    expect((await rows('&search=bas')).map(line)).toEqual(['created plan Basic']);
  });
});

describe('an undo', () => {
  test('sets a name back, and is itself in the log', async () => {
    await accepted(windowApi.post('/plans', { plan: PLAN }));
    const renamed = await accepted(windowApi.put('/plans/basic', { plan: { name: 'Starter', description: 'x' } }));
    expect((await undo(renamed)).body).toMatchObject({ undone: { entity: 'plan', entity_name: 'Starter' } });
    const { body } = await windowApi.get<{ readonly plan: object }>('/plans/basic');
    expect(body.plan).toMatchObject({ name: 'Basic', description: null, amount_cents: 1000 });
    const [back, change] = await rows('&entity=plan');
    expect([back!.undoes_id, back!.after, change!.undone_at, change!.is_reversible]).toEqual([
      change!.id,
      { name: 'Basic', description: null },
      '2023-03-01T12:00:00.000Z',
      false,
    ]);
  });

  test('happens once, also when it is asked for twice in the same moment', async () => {
    await accepted(windowApi.post('/plans', { plan: PLAN }));
    const renamed = await accepted(windowApi.put('/plans/basic', { plan: { name: 'Starter' } }));
    const answers = await Promise.all([undo(renamed), undo(renamed)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 405]);
    expect((await undo(renamed)).body).toMatchObject({ status: 405, code: 'already_undone' });
  });

  test('is refused when the field was changed since, but not for another field', async () => {
    await accepted(windowApi.post('/plans', { plan: PLAN }));
    const renamed = await accepted(windowApi.put('/plans/basic', { plan: { name: 'Starter' } }));
    const described = await accepted(windowApi.put('/plans/basic', { plan: { description: 'For starters' } }));
    await accepted(windowApi.put('/plans/basic', { plan: { name: 'Third' } }));
    expect((await undo(renamed)).body).toMatchObject({ status: 405, code: 'changed_since' });
    expect((await undo(described)).status).toBe(200);
    const { body } = await windowApi.get<{ readonly plan: object }>('/plans/basic');
    expect(body.plan).toMatchObject({ name: 'Third', description: null });
  });

  test('is refused when the object is gone', async () => {
    await accepted(windowApi.post('/plans', { plan: PLAN }));
    const renamed = await accepted(windowApi.put('/plans/basic', { plan: { name: 'Starter' } }));
    await accepted(windowApi.delete('/plans/basic'));
    expect((await undo(renamed)).body).toMatchObject({ status: 405, code: 'changed_since' });
  });

  test('is not offered where money is touched', async () => {
    await accepted(windowApi.post('/plans', { plan: PLAN }));
    const repriced = await accepted(windowApi.put('/plans/basic', { plan: { name: 'Starter', amount_cents: 2000 } }));
    expect(repriced.headers.get('x-activity-id')).toBeNull();
    const [change] = await rows();
    expect(change!.is_reversible).toBe(false);
    expect((await screens.post(`/undo/${change!.id}`)).body).toMatchObject({ status: 405, code: 'not_reversible' });
    expect((await screens.post('/undo/nothing')).body).toMatchObject({ status: 404, code: 'activity_not_found' });
  });

  test("gives a customer's details and metadata back", async () => {
    const shipping = { address_line1: '1 Rue', city: 'Paris', country: 'FR' };
    const first = { external_id: 'a/b', name: 'Hooli', email: 'a@hooli.test', city: 'Paris', metadata: [{ key: 'crm', value: '1' }] };
    await accepted(windowApi.post('/customers', { customer: { ...first, shipping_address: shipping } }));
    const changed = await accepted(
      windowApi.post('/customers', {
        customer: {
          external_id: 'a/b',
          name: 'Hooli Inc',
          email: null,
          city: 'Lyon',
          metadata: [{ key: 'crm', value: '2', display_in_invoice: true }],
          shipping_address: { address_line1: '2 Rue', city: 'Lyon', country: 'FR' },
          billing_configuration: { document_locale: 'fr' },
        },
      }),
    );
    expect((await undo(changed)).status).toBe(200);
    const { body } = await windowApi.get<{ readonly customer: object }>('/customers/a%2Fb');
    expect(body.customer).toMatchObject({
      name: 'Hooli',
      email: 'a@hooli.test',
      city: 'Paris',
      shipping_address: { address_line1: '1 Rue', city: 'Paris', country: 'FR' },
      metadata: [{ key: 'crm', value: '1', display_in_invoice: false }],
      billing_configuration: { document_locale: null },
    });
  });

  test.each([
    ['organizations', '/organizations', 'organization', { name: 'New', billing_configuration: { invoice_footer: 'Bye' } }],
    ['plans', '/plans/basic', 'plan', { invoice_display_name: 'Base' }],
    ['taxes', '/taxes/vat', 'tax', { name: 'Sales tax', description: 'All' }],
    ['sections', '/invoice_custom_sections/legal', 'invoice_custom_section', { details: 'New words', applied_to_organization: true }],
    ['metrics', '/billable_metrics/calls', 'billable_metric', { name: 'API calls' }],
    ['coupons', '/coupons/spring', 'coupon', { name: 'Spring 2' }],
  ])('gives %s back', async (_what, path, wrapper, change) => {
    await accepted(windowApi.post('/plans', { plan: { ...PLAN, metadata: { region: 'eu' } } }));
    await accepted(windowApi.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: '20' } }));
    await accepted(
      windowApi.post('/invoice_custom_sections', { invoice_custom_section: { name: 'Legal', code: 'legal', details: 'Words' } }),
    );
    await accepted(
      windowApi.post('/billable_metrics', { billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' } }),
    );
    const coupon = {
      name: 'Spring',
      code: 'spring',
      coupon_type: 'percentage',
      percentage_rate: '10',
      frequency: 'once',
      expiration: 'no_expiration',
    };
    await accepted(windowApi.post('/coupons', { coupon }));
    const before = await windowApi.get(path);
    const changed = await accepted(windowApi.put(path, { [wrapper]: change }));
    expect((await windowApi.get(path)).body).not.toEqual(before.body);
    expect((await undo(changed)).status).toBe(200);
    expect((await windowApi.get(path)).body).toEqual(before.body);
  });
});
