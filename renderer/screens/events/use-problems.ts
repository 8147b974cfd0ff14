import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ProblemsAnswer } from '../../../shared/internal/events.ts';
import { queryOf, read } from '../../api-client.ts';
import { listenLive } from '../../live.ts';
import type { EventFilters } from './event-search.ts';

/** Problems are counted again at most so often while events come. */
const RECOUNT_PAUSE_MS = 1_500;

/** What is wrong with the events of the filters; null until it is known. */
export function useProblems({ verdict: _, ...filters }: EventFilters): ProblemsAnswer | null {
  const queries = useQueryClient();
  const { data: answer } = useQuery({
    queryKey: ['event', 'problems', filters],
    queryFn: ({ signal }) => read<ProblemsAnswer>(`/api/internal/events/problems${queryOf(filters)}`, { signal }),
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    let recounting: ReturnType<typeof setTimeout> | null = null;
    const stop = listenLive((message) => {
      if (message.type !== 'events') return;
      if (![...message.rows, ...message.refused].some(({ verdict }) => verdict !== 'counted')) return;
      recounting ??= setTimeout(() => {
        recounting = null;
        void queries.invalidateQueries({ queryKey: ['event', 'problems'] });
      }, RECOUNT_PAUSE_MS);
    });
    return () => {
      stop();
      if (recounting !== null) clearTimeout(recounting);
    };
  }, [queries]);
  return answer ?? null;
}
