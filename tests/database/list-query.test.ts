import { afterAll, beforeAll, expect, test } from 'vitest';
import { containsText, isOneOf, readListPage, type ListPage, type ListSource, type ListWish } from '../../main/database/list-query.ts';
import type { ReadDatabase } from '../../main/database/read-database.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

let books: TestEngine;
let db: ReadDatabase;
beforeAll(async () => {
  books = await createTestEngine();
  db = books.engine.services.context.database.read;
  for (const [name, rate] of [
    ['b', '5'],
    ['a', '5'],
    ['c_%', '5'],
    ['d', '10'],
    ['cx', '20'],
  ] as const)
    await books.api.post('/taxes', { tax: { name, code: name, rate } });
});
afterAll(() => books.close());

const TAXES: ListSource = {
  columns: '"taxes"."name" AS "name"',
  from: '"taxes"',
  sorts: { name: '"taxes"."name"', rate: '"taxes"."rate"' },
  unique: '"taxes"."id"',
};
const FIRST: ListWish = { conditions: [], sortBy: 'name', isDescending: false, after: null, limit: 2 };

function namesOfAllPages(wish: Partial<ListWish>): readonly (readonly string[])[] {
  const pages: string[][] = [];
  for (let after: string | null = null; ;) {
    const page: ListPage<{ readonly name: string }> = readListPage(db, TAXES, { ...FIRST, ...wish, after });
    pages.push(page.rows.map(({ name }) => name));
    after = page.next;
    if (after === null) return pages;
  }
}

test('pages follow each other without a gap or a row twice', () => {
  expect(namesOfAllPages({})).toEqual([['a', 'b'], ['c_%', 'cx'], ['d']]);
  expect(namesOfAllPages({ isDescending: true })).toEqual([['d', 'cx'], ['c_%', 'b'], ['a']]);
  expect(namesOfAllPages({ limit: 5 })).toEqual([['a', 'b', 'c_%', 'cx', 'd']]);
});

test('rows of equal sort value keep one order over the pages', () => {
  expect(namesOfAllPages({ sortBy: 'rate' }).flat().toSorted()).toEqual(['a', 'b', 'c_%', 'cx', 'd']);
});

test('what a user types is searched as it is, wildcards and all', () => {
  const named = (text: string) => readListPage(db, TAXES, { ...FIRST, conditions: [containsText('"taxes"."name"', text)] });
  expect(named('c_%')).toMatchObject({ rows: [{ name: 'c_%' }], total: 1 });
  expect(named("'; DROP TABLE taxes; --")).toMatchObject({ rows: [], next: null, total: 0 });
});

test('the total is that of all pages under the conditions', () => {
  const conditions = [isOneOf('"taxes"."name"', ['a', 'b', 'd', 'zzz'])];
  expect(readListPage(db, TAXES, { ...FIRST, conditions })).toMatchObject({ total: 3 });
});

test('a place that is none is the start', () => {
  for (const after of ['%%%', Buffer.from('{}').toString('base64url'), Buffer.from('[1]').toString('base64url')])
    expect(readListPage(db, TAXES, { ...FIRST, after }).rows[0]).toMatchObject({ name: 'a' });
});
