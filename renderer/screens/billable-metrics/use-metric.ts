import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MetricPageAnswer } from '../../../shared/internal/metrics.ts';
import { read } from '../../api-client.ts';
import { listenLive } from '../../live.ts';

/** A metric, who charges for it, and what came for it. */
export function useMetric(id: string | null): UseQueryResult<MetricPageAnswer> {
  return useQuery({
    queryKey: ['billable_metric', id],
    queryFn: ({ signal }) => read<MetricPageAnswer>(`/api/internal/billable_metrics/${id ?? ''}`, { signal }),
    enabled: id !== null,
  });
}

/** So often at most: what comes of events is read again. */
const PAUSE_MS = 2_000;

/** Reads a query again when events have come. */
export function useFreshWithEvents(queryKey: readonly string[]): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const end = listenLive((message) => {
      if (message.type !== 'events') return;
      timer ??= setTimeout(() => {
        timer = null;
        void queries.invalidateQueries({ queryKey });
      }, PAUSE_MS);
    });
    return () => {
      end();
      if (timer !== null) clearTimeout(timer);
    };
  }, [queries, queryKey.join(' ')]);
}
