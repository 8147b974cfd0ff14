import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ServerAnswer } from '../../../shared/internal/settings.ts';
import { read } from '../../api-client.ts';

export function useServerFacts(): UseQueryResult<{ readonly server: ServerAnswer }> {
  return useQuery({
    queryKey: ['server'],
    queryFn: ({ signal }) => read<{ readonly server: ServerAnswer }>('/api/internal/settings/server', { signal }),
  });
}
