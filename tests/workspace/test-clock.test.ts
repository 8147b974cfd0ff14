import { afterEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

let open: TestEngine[] = [];
afterEach(async () => {
  for (const books of open) await books.close();
  open = [];
});

async function sandbox(options: Parameters<typeof createTestEngine>[0] = {}): Promise<TestEngine> {
  const books = await createTestEngine({ now: '2023-01-10T08:00:00Z', ...options });
  open.push(books);
  return books;
}

const clock = (now: string): unknown => ({ test_clock: { now } });
const readClock = async (books: TestEngine): Promise<unknown> => (await books.api.get('/test_clock')).body;

describe('the clock of a sandbox', () => {
  it('follows the computer until it is first set, then stands still', async () => {
    const books = await sandbox();
    expect(await readClock(books)).toEqual(clock('2023-01-10T08:00:00Z'));
    books.systemClock.advance({ hours: 1 });
    expect(await readClock(books)).toEqual(clock('2023-01-10T09:00:00Z'));
    const moved = await books.api.put('/test_clock', clock('2023-02-01T00:00:00Z'));
    expect([moved.status, moved.body]).toEqual([200, clock('2023-02-01T00:00:00Z')]);
    books.systemClock.advance({ hours: 1 });
    expect(await readClock(books)).toEqual(clock('2023-02-01T00:00:00Z'));
  });

  it('is set with any offset, to the millisecond', async () => {
    const books = await sandbox();
    await books.moveClock('2023-02-01T00:00:00.250+02:00');
    expect(await readClock(books)).toEqual(clock('2023-01-31T22:00:00.250Z'));
    expect(String(books.engine.services.context.clock.now())).toBe('2023-01-31T22:00:00.25Z');
  });

  it('may go back while there is no customer', async () => {
    const books = await sandbox();
    await books.moveClock('2023-06-01T00:00:00Z');
    await books.moveClock('2020-01-01T00:00:00Z');
    expect(await readClock(books)).toEqual(clock('2020-01-01T00:00:00Z'));
  });

  it('does not go back once there is a customer, not even a deleted one', async () => {
    const books = await sandbox();
    await books.moveClock('2023-06-01T00:00:00Z');
    expect((await books.api.post('/customers', { customer: { external_id: 'acme' } })).status).toBe(200);
    await books.moveClock('2023-06-01T00:00:00Z');
    await books.api.delete('/customers/acme');
    const answer = await books.api.put('/test_clock', clock('2023-05-31T23:59:59.999Z'));
    expect([answer.status, answer.body]).toMatchObject([422, { error_details: { now: ['value_is_out_of_range'] } }]);
    expect(await readClock(books)).toEqual(clock('2023-06-01T00:00:00Z'));
  });

  it('does not go back from the time of the computer either, once there is a customer', async () => {
    const books = await sandbox();
    await books.api.post('/customers', { customer: { external_id: 'acme' } });
    expect((await books.api.put('/test_clock', clock('2023-01-10T07:59:59Z'))).status).toBe(422);
    expect((await books.api.put('/test_clock', clock('2023-01-10T08:00:00Z'))).status).toBe(200);
  });

  it.each([
    [{ now: 'soon' }, 422, { now: ['invalid_date'] }],
    [{ now: 1675209600 }, 422, { now: ['invalid_date'] }],
    [{ now: '2023-02-30T00:00:00Z' }, 422, { now: ['invalid_date'] }],
    [{ now: null }, 422, { now: ['value_is_mandatory'] }],
    [{ then: 'x' }, 422, { now: ['value_is_mandatory'] }],
  ])('refuses %j', async (sent, status, details) => {
    const books = await sandbox();
    const answer = await books.api.put<{ readonly error_details: unknown }>('/test_clock', { test_clock: sent });
    expect([answer.status, answer.body.error_details]).toEqual([status, details]);
    expect(await readClock(books)).toEqual(clock('2023-01-10T08:00:00Z'));
  });

  it('needs its wrapper', async () => {
    const books = await sandbox();
    expect((await books.api.put('/test_clock', { now: '2023-02-01T00:00:00Z' })).status).toBe(400);
  });

  it('is found where it stood after a restart', async () => {
    const first = await sandbox();
    await first.moveClock('2023-03-01T00:00:00Z');
    await first.engine.close();
    const second = await createTestEngine({ folder: first.folder, now: '2026-01-01T00:00:00Z' });
    const found = await readClock(second);
    await second.close();
    open = [];
    expect(found).toEqual(clock('2023-03-01T00:00:00Z'));
  });

  it('takes moves one after another', async () => {
    const books = await sandbox();
    const days = ['2023-02-01T00:00:00Z', '2023-02-02T00:00:00Z', '2023-02-03T00:00:00Z'];
    const answers = await Promise.all(days.map((now) => books.api.put('/test_clock', clock(now))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await readClock(books)).toEqual(clock('2023-02-03T00:00:00Z'));
  });
});

describe('live books', () => {
  it('have no clock to move', async () => {
    const books = await sandbox({ isLive: true });
    const missing = { status: 404, error: 'Not Found', code: 'resource_not_found' };
    expect((await books.api.get('/test_clock')).body).toEqual(missing);
    expect((await books.api.put('/test_clock', clock('2023-02-01T00:00:00Z'))).body).toEqual(missing);
  });
});
