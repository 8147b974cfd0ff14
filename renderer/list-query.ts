import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { LIST_PAGE_ROWS, MAX_LIST_PAGE_ROWS, type ListAnswer } from '../shared/internal/list-page.ts';
import { queryOf, read } from './api-client.ts';

type Filters = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface ListAsked {
  /** The API's word for what is listed: `customer`. The live stream makes it stale by this name. */
  readonly entity: string;
  /** `/api/internal/lists/customers`. */
  readonly path: string;
  /** Sort, direction, search text and filters, as the path takes them. */
  readonly filters: Filters;
}

/** A list's rows as far as they were scrolled to. */
export interface ListQuery<Row> {
  readonly asked: ListAsked;
  readonly rows: readonly Row[];
  readonly total: number;
  readonly isFirstLoad: boolean;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** Reads a list of the screens page by page (`ListAnswer`). What is shown stays until the new rows are there. */
export function useListQuery<Row>(asked: ListAsked): ListQuery<Row> {
  const query = useInfiniteQuery({
    queryKey: [asked.entity, 'list', asked.path, asked.filters],
    queryFn: ({ pageParam, signal }) =>
      read<ListAnswer<Row>>(`${asked.path}${queryOf({ ...asked.filters, limit: LIST_PAGE_ROWS, after: pageParam })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const { data: pages } = query;
  return {
    asked,
    rows: pages?.pages.flatMap((page) => page.rows) ?? [],
    total: pages?.pages[0]?.total ?? 0,
    isFirstLoad: query.isPending,
    isLoading: query.isFetching,
    error: query.error,
    hasMore: query.hasNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}

/** Every row of a list, page by page, for an export. `onProgress` hears how many there are so far. */
export async function readWholeList<Row>(asked: ListAsked, onProgress: (rows: number) => void): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: ListAnswer<Row> = await read(`${asked.path}${queryOf({ ...asked.filters, limit: MAX_LIST_PAGE_ROWS, after })}`);
    rows.push(...page.rows);
    onProgress(rows.length);
    after = page.next;
  }
  return rows;
}
