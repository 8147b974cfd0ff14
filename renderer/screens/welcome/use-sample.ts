import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SampleAnswer, SampleProgress } from '../../../shared/internal/sample.ts';
import { read } from '../../api-client.ts';
import { listenLive } from '../../live.ts';

/** Whether the books are those of the sample company, or may become them. */
export function useSample(): UseQueryResult<SampleAnswer> {
  return useQuery({
    queryKey: ['sample'],
    queryFn: ({ signal }) => read<SampleAnswer>('/api/internal/sample', { signal }),
    // Whether books are empty changes with every first thing in them.
    staleTime: 0,
  });
}

/** How far the sample is loaded, as the stream tells; null while it is not being loaded. */
export function useSampleProgress(): SampleProgress | null {
  const [progress, setProgress] = useState<SampleProgress | null>(null);
  const queries = useQueryClient();
  useEffect(
    () =>
      listenLive((message) => {
        if (message.type !== 'jobs') return;
        const job = message.jobs[0] ?? null;
        setProgress(job);
        if (job === null) void queries.invalidateQueries({ queryKey: ['sample'] });
      }),
    [queries],
  );
  return progress;
}
