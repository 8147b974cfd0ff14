import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const metricsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/billable-metrics',
  validateSearch: listSearch.extend({ aggregation: listFilter, used: textFilter }),
  component: lazyScreen(() => import('./metric-list.tsx'), 'MetricList'),
});

/** `code` is what events were sent with. */
const newMetricRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/billable-metrics/new',
  validateSearch: z.object({ code: textFilter }),
  component: lazyScreen(() => import('./metric-editor.tsx'), 'NewMetric'),
});

const metricRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/billable-metrics/$id',
  component: lazyScreen(() => import('./metric-page.tsx'), 'MetricPage'),
});

const editMetricRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/billable-metrics/$id/edit',
  component: lazyScreen(() => import('./metric-editor.tsx'), 'EditMetric'),
});

export const metricRoutes = [metricsRoute, newMetricRoute, metricRoute, editMetricRoute] as const;
