import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { CustomerWithLocksAnswer } from '../../../shared/internal/customers.ts';
import { read } from '../../api-client.ts';

/** The customer of the page that is open. Every tab shares one answer. */
export function useCustomer(): UseQueryResult<CustomerWithLocksAnswer> {
  const { id = '' } = useParams({ strict: false });
  return useQuery({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => read<CustomerWithLocksAnswer>(`/api/internal/customers/${id}`, { signal }),
  });
}
