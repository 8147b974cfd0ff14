import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { CustomerWithLocksAnswer } from '../../../shared/internal/customers.ts';
import type { SubscriptionFactsAnswer } from '../../../shared/internal/subscriptions.ts';
import type { AddOnAnswer } from '../../../shared/wire/add-on.ts';
import type { CouponAnswer } from '../../../shared/wire/coupon.ts';
import type { CustomerAnswer } from '../../../shared/wire/customer.ts';
import type { PlanAnswer } from '../../../shared/wire/plan.ts';
import { read } from '../../api-client.ts';

// What the panels choose from. More than a page of the API's largest size is chosen by typing the code elsewhere.
const ALL = 'per_page=1000';

export function usePlans(isWanted: boolean): UseQueryResult<readonly PlanAnswer[]> {
  return useQuery({
    queryKey: ['plan', 'all'],
    queryFn: async ({ signal }) => (await read<{ readonly plans: readonly PlanAnswer[] }>(`/api/v1/plans?${ALL}`, { signal })).plans,
    enabled: isWanted,
  });
}

export function useCoupons(isWanted: boolean): UseQueryResult<readonly CouponAnswer[]> {
  return useQuery({
    queryKey: ['coupon', 'all'],
    queryFn: async ({ signal }) =>
      (await read<{ readonly coupons: readonly CouponAnswer[] }>(`/api/v1/coupons?${ALL}`, { signal })).coupons,
    enabled: isWanted,
  });
}

export function useAddOns(isWanted: boolean): UseQueryResult<readonly AddOnAnswer[]> {
  return useQuery({
    queryKey: ['add_on', 'all'],
    queryFn: async ({ signal }) => (await read<{ readonly add_ons: readonly AddOnAnswer[] }>(`/api/v1/add_ons?${ALL}`, { signal })).add_ons,
    enabled: isWanted,
  });
}

export function usePanelCustomer(customerId: string, isWanted: boolean): UseQueryResult<CustomerAnswer> {
  return useQuery({
    queryKey: ['customer', customerId, 'panel'],
    queryFn: async ({ signal }) => (await read<CustomerWithLocksAnswer>(`/api/internal/customers/${customerId}`, { signal })).customer,
    enabled: isWanted,
  });
}

export function useSubscriptionFacts(subscriptionId: string, isWanted = true): UseQueryResult<SubscriptionFactsAnswer> {
  return useQuery({
    queryKey: ['subscription', subscriptionId, 'facts'],
    queryFn: ({ signal }) => read<SubscriptionFactsAnswer>(`/api/internal/subscriptions/${subscriptionId}`, { signal }),
    enabled: isWanted,
  });
}
