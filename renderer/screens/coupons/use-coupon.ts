import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { CouponPageAnswer } from '../../../shared/internal/coupons.ts';
import { read } from '../../api-client.ts';

/** A coupon, how often it was given, and what it took off. */
export function useCoupon(id: string): UseQueryResult<CouponPageAnswer> {
  return useQuery({
    queryKey: ['coupon', id],
    queryFn: ({ signal }) => read<CouponPageAnswer>(`/api/internal/coupons/${id}`, { signal }),
  });
}
