import type { Page } from '../../shared/page.ts';

/** The `meta` of every list. Rule: api.md § 1 "Pagination". */
export interface PageMeta {
  readonly current_page: number;
  readonly next_page: number | null;
  readonly prev_page: number | null;
  readonly total_pages: number;
  readonly total_count: number;
}

/** Where a page stands in its list. A list without any row has no page at all: 0 of 0. */
export function pageMeta(asked: Pick<Page, 'page' | 'perPage'>, totalCount: number): PageMeta {
  if (totalCount === 0) return { current_page: 0, next_page: null, prev_page: null, total_pages: 0, total_count: 0 };
  const totalPages = Math.ceil(totalCount / asked.perPage);
  return {
    current_page: asked.page,
    next_page: asked.page < totalPages ? asked.page + 1 : null,
    prev_page: asked.page > 1 ? asked.page - 1 : null,
    total_pages: totalPages,
    total_count: totalCount,
  };
}
