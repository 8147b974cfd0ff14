import { useNavigate } from '@tanstack/react-router';
import type { SortOrder } from './data-table.tsx';
import type { ListSearch } from './list-search.ts';

interface ListAddress {
  readonly sort: SortOrder;
  readonly onSort: (sort: SortOrder) => void;
  readonly onSearch: (text: string) => void;
  /** Sets filters of this page; undefined takes one away. */
  readonly change: (changes: Readonly<Record<string, unknown>>) => void;
  readonly clear: () => void;
}

/** A list's order and filters as they stand in the address, and the ways to change them. */
export function useListAddress(search: ListSearch, firstOrder: SortOrder): ListAddress {
  const navigate = useNavigate();
  const change = (changes: Readonly<Record<string, unknown>>): void => {
    void navigate({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, ...changes }), replace: true });
  };
  return {
    sort: { by: search.sort ?? firstOrder.by, direction: search.direction ?? firstOrder.direction },
    onSort: ({ by, direction }) => {
      change({ sort: by, direction });
    },
    onSearch: (text) => {
      change({ search: text === '' ? undefined : text });
    },
    change,
    clear: () => {
      void navigate({ to: '.', search: {}, replace: true });
    },
  };
}
