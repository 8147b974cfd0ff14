import { LIST_PAGE_ROWS, MAX_LIST_PAGE_ROWS } from '../../../shared/internal/list-page.ts';
import type { QueryValues } from '../query.ts';

/** Which page of a list, and in which order. */
export interface AskedPage {
  readonly sortBy: string;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
}

/** Reads `sort`, `direction`, `after`, `limit`. An unknown sort key is the first of those that the list has. */
export function askedPage(query: QueryValues, sorts: readonly [string, ...string[]]): AskedPage {
  const sort = query.text('sort');
  const limit = query.integer('limit');
  const isCount = typeof limit === 'number' && limit >= 1;
  return {
    sortBy: sorts.find((one) => one === sort) ?? sorts[0],
    isDescending: query.text('direction') === 'desc',
    after: query.text('after') ?? null,
    limit: isCount ? Math.min(limit, MAX_LIST_PAGE_ROWS) : LIST_PAGE_ROWS,
  };
}
