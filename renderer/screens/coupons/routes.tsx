import { createRoute } from '@tanstack/react-router';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const couponsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons',
  validateSearch: listSearch.extend({ type: textFilter, frequency: listFilter, status: textFilter }),
  component: lazyScreen(() => import('./coupon-list.tsx'), 'CouponList'),
});

const newCouponRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons/new',
  component: lazyScreen(() => import('./coupon-editor.tsx'), 'NewCoupon'),
});

const couponRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons/$id',
  component: lazyScreen(() => import('./coupon-page.tsx'), 'CouponPage'),
});

const editCouponRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons/$id/edit',
  component: lazyScreen(() => import('./coupon-editor.tsx'), 'EditCoupon'),
});

export const couponRoutes = [couponsRoute, newCouponRoute, couponRoute, editCouponRoute] as const;
