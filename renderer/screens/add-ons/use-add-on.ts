import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { AddOnPageAnswer } from '../../../shared/internal/add-ons.ts';
import { read } from '../../api-client.ts';

/** An add-on, and how often it was applied. */
export function useAddOn(id: string): UseQueryResult<AddOnPageAnswer> {
  return useQuery({
    queryKey: ['add_on', id],
    queryFn: ({ signal }) => read<AddOnPageAnswer>(`/api/internal/add_ons/${id}`, { signal }),
  });
}
