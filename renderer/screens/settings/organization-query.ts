import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { OrganizationAnswer } from '../../../shared/wire/organization.ts';
import { read } from '../../api-client.ts';

export interface OrganizationRead {
  readonly organization: OrganizationAnswer;
}

export function useOrganization(): UseQueryResult<OrganizationRead> {
  return useQuery({
    queryKey: ['organization'],
    queryFn: ({ signal }) => read<OrganizationRead>('/api/v1/organizations', { signal }),
  });
}

/** What a form has left empty is cleared. */
export function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
