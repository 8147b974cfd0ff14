import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { eventSearch, type EventSearch } from './event-search.ts';

interface EventAddress {
  readonly search: EventSearch;
  readonly change: (change: Partial<EventSearch>) => void;
}

/** The filters: in the address of a page of its own, else with the part of the page that shows the debugger. */
export function useEventAddress(isPage: boolean): EventAddress {
  const navigate = useNavigate();
  const asked: unknown = useSearch({ strict: false });
  const written = JSON.stringify(asked);
  const ofPage = useMemo(() => eventSearch.parse(JSON.parse(written)), [written]);
  const [ofPart, setOfPart] = useState<EventSearch>({});
  if (!isPage) return { search: ofPart, change: (change) => setOfPart((old) => ({ ...old, ...change })) };
  return {
    search: ofPage,
    change: (change: Readonly<Record<string, unknown>>) => {
      void navigate({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, ...change }), replace: true });
    },
  };
}
