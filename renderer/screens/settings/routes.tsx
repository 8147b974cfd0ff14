import { createRoute, redirect } from '@tanstack/react-router';
import { listSearch } from '../../components/list-search.ts';
import { lazyRouteComponent } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const taxesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./taxes/tax-list.tsx'), 'TaxList'),
});

const newTaxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes/new',
  component: lazyRouteComponent(() => import('./taxes/tax-editor.tsx'), 'NewTax'),
});

const editTaxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes/$code/edit',
  component: lazyRouteComponent(() => import('./taxes/tax-editor.tsx'), 'EditTax'),
});

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  beforeLoad: () => {
    redirect({ to: '/settings/organization', replace: true, throw: true });
  },
});

const organizationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/organization',
  component: lazyRouteComponent(() => import('./organization/organization-settings.tsx'), 'OrganizationSettings'),
});

const invoicingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/invoicing',
  component: lazyRouteComponent(() => import('./invoicing/invoicing-settings.tsx'), 'InvoicingSettings'),
});

const integrationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/integrations',
  component: lazyRouteComponent(() => import('./integrations/integrations.tsx'), 'Integrations'),
});

const serverRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/server',
  component: lazyRouteComponent(() => import('./server/server-settings.tsx'), 'ServerSettings'),
});

const appearanceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/appearance',
  component: lazyRouteComponent(() => import('./appearance/appearance-settings.tsx'), 'AppearanceSettings'),
});

const shortcutsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/shortcuts',
  component: lazyRouteComponent(() => import('./shortcuts/shortcut-settings.tsx'), 'ShortcutSettings'),
});

const privacyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/privacy',
  component: lazyRouteComponent(() => import('./privacy/privacy-settings.tsx'), 'PrivacySettings'),
});

export const settingsRoutes = [
  settingsRoute,
  organizationRoute,
  invoicingRoute,
  taxesRoute,
  newTaxRoute,
  editTaxRoute,
  integrationsRoute,
  serverRoute,
  appearanceRoute,
  shortcutsRoute,
  privacyRoute,
] as const;
