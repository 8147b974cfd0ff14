import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { read } from '../../api-client.ts';
import { listenLive } from '../../live.ts';

/** Sums that are not complete yet are asked for again this soon. */
const GO_ON_MS = 400;
/** While events come, what depends on them is read again this often. */
const EVENTS_MS = 4_000;
const OF_EVENTS = ['attention', 'running', 'event_hours', 'setup'];

/** One part of Home. A part that says it is not complete is asked for until it is. */
export function useHome<Answer extends object>(part: string): UseQueryResult<Answer> {
  return useQuery({
    queryKey: ['home', part],
    queryFn: ({ signal }) => read<Answer>(`/api/internal/home/${part}`, { signal }),
    refetchInterval: ({ state }) => (isIncomplete(state.data) ? GO_ON_MS : false),
  });
}

function isIncomplete(answer: object | undefined): boolean {
  return answer !== undefined && 'is_complete' in answer && answer.is_complete === false;
}

/** Keeps Home in step with arriving events, without reading it again for each of them. */
export function useEventsOnHome(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const end = listenLive((message) => {
      if (message.type !== 'events') return;
      timer ??= setTimeout(() => {
        timer = null;
        for (const part of OF_EVENTS) void queries.invalidateQueries({ queryKey: ['home', part] });
      }, EVENTS_MS);
    });
    return () => {
      end();
      if (timer !== null) clearTimeout(timer);
    };
  }, [queries]);
}
