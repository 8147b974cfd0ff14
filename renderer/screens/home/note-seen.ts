import { useQueryClient } from '@tanstack/react-query';
import type { SetupAnswer, SetupBody } from '../../../shared/internal/home.ts';
import { send } from '../../api-client.ts';

/** Notes in the workspace what a person has seen or put away. What has been noted is not sent again. */
export function useNoteSeen(): (seen: SetupBody) => Promise<void> {
  const queries = useQueryClient();
  return async (seen) => {
    const known = queries.getQueryData<SetupAnswer>(['home', 'setup']);
    if (seen.is_preview_seen === true && known?.has_preview === true) return;
    queries.setQueryData(['home', 'setup'], await send<SetupAnswer>('POST', '/api/internal/home/setup', seen));
  };
}
