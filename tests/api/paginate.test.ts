import { describe, expect, it } from 'vitest';
import { pageMeta } from '../../main/api/paginate.ts';
import { QueryValues } from '../../main/api/query.ts';

describe('where a page stands', () => {
  it.each([
    ['no rows at all', { page: 1, perPage: 100 }, 0, [0, null, null, 0, 0]],
    ['no rows at all, asked for page 3', { page: 3, perPage: 100 }, 0, [0, null, null, 0, 0]],
    ['all on one page', { page: 1, perPage: 100 }, 3, [1, null, null, 1, 3]],
    ['a full page is one page', { page: 1, perPage: 3 }, 3, [1, null, null, 1, 3]],
    ['the first of several', { page: 1, perPage: 2 }, 5, [1, 2, null, 3, 5]],
    ['one in the middle', { page: 2, perPage: 2 }, 5, [2, 3, 1, 3, 5]],
    ['the last', { page: 3, perPage: 2 }, 5, [3, null, 2, 3, 5]],
    ['beyond the end', { page: 9, perPage: 2 }, 5, [9, null, 8, 3, 5]],
  ])('%s', (_name, asked, totalCount, [current, next, previous, pages, count]) => {
    expect(pageMeta(asked, totalCount)).toEqual({
      current_page: current,
      next_page: next,
      prev_page: previous,
      total_pages: pages,
      total_count: count,
    });
  });
});

describe('what page a query asks for', () => {
  it.each([
    ['', { page: 1, perPage: 100, offset: 0, limit: 100 }],
    ['page=2&per_page=10', { page: 2, perPage: 10, offset: 10, limit: 10 }],
    ['page=0&per_page=0', { page: 1, perPage: 100, offset: 0, limit: 100 }],
    ['page=-1&per_page=-5', { page: 1, perPage: 100, offset: 0, limit: 100 }],
    ['page=two&per_page=many', { page: 1, perPage: 100, offset: 0, limit: 100 }],
    ['page=null&per_page=null', { page: 1, perPage: 100, offset: 0, limit: 100 }],
    ['page=1.5&per_page=2.5', { page: 1, perPage: 100, offset: 0, limit: 100 }],
    ['page=&per_page=', { page: 1, perPage: 100, offset: 0, limit: 100 }],
    ['per_page=1000', { page: 1, perPage: 1000, offset: 0, limit: 1000 }],
    ['per_page=1001', { page: 1, perPage: 1000, offset: 0, limit: 1000 }],
    ['page=99999999999999999999', { page: 1, perPage: 100, offset: 0, limit: 100 }],
    ['page=9007199254740991', { page: 9007199254740991, perPage: 100, offset: 9007199254740991, limit: 100 }],
  ])('%s', (query, expected) => {
    expect(new QueryValues(query).page()).toEqual(expected);
  });
});
