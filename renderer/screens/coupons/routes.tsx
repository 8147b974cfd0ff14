import { createRoute } from '@tanstack/react-router';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyRouteComponent } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const couponsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons',
  validateSearch: listSearch.extend({ type: textFilter, frequency: listFilter, status: textFilter }),
  component: lazyRouteComponent(() => import('./coupon-list.tsx'), 'CouponList'),
});

const newCouponRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons/new',
  component: lazyRouteComponent(() => import('./coupon-editor.tsx'), 'NewCoupon'),
});

const couponRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons/$id',
  component: lazyRouteComponent(() => import('./coupon-page.tsx'), 'CouponPage'),
});

const editCouponRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/coupons/$id/edit',
  component: lazyRouteComponent(() => import('./coupon-editor.tsx'), 'EditCoupon'),
});

export const couponRoutes = [couponsRoute, newCouponRoute, couponRoute, editCouponRoute] as const;
