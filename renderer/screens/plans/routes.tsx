import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const plansRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans',
  validateSearch: listSearch.extend({ interval: listFilter, model: listFilter, currency: listFilter }),
  component: lazyScreen(() => import('./plan-list.tsx'), 'PlanList'),
});

const newPlanRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans/new',
  validateSearch: z.object({ from: textFilter, imported: textFilter }),
  component: lazyScreen(() => import('./plan-editor.tsx'), 'NewPlan'),
});

const comparePlansRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans/compare',
  validateSearch: z.object({ ids: listFilter, along: textFilter }),
  component: lazyScreen(() => import('./compare-plans.tsx'), 'ComparePlans'),
});

const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans/$id',
  component: lazyScreen(() => import('./plan-detail.tsx'), 'PlanDetail'),
});

const editPlanRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans/$id/edit',
  component: lazyScreen(() => import('./plan-editor.tsx'), 'EditPlan'),
});

export const plansRoutes = [plansRoute, newPlanRoute, comparePlansRoute, planRoute, editPlanRoute] as const;
