import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { WalletAnswer } from '../../../shared/wire/wallet.ts';
import { queryOf, read } from '../../api-client.ts';

interface WalletsAnswer {
  readonly wallets: readonly WalletAnswer[];
}

export function walletsKey(customerId: string): readonly string[] {
  return ['wallet', 'of customer', customerId];
}

/** The wallets of a customer, active ones first. */
export function useWallets(customerId: string, externalCustomerId: string | undefined): UseQueryResult<WalletsAnswer> {
  return useQuery({
    queryKey: walletsKey(customerId),
    queryFn: ({ signal }) =>
      read<WalletsAnswer>(`/api/v1/wallets${queryOf({ external_customer_id: externalCustomerId, per_page: 200 })}`, { signal }),
    enabled: externalCustomerId !== undefined,
  });
}
