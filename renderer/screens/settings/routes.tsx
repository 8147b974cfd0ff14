import { createRoute, redirect } from '@tanstack/react-router';
import { listSearch } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const taxesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes',
  validateSearch: listSearch,
  component: lazyScreen(() => import('./taxes/tax-list.tsx'), 'TaxList'),
});

const newTaxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes/new',
  component: lazyScreen(() => import('./taxes/tax-editor.tsx'), 'NewTax'),
});

const editTaxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes/$code/edit',
  component: lazyScreen(() => import('./taxes/tax-editor.tsx'), 'EditTax'),
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
  component: lazyScreen(() => import('./organization/organization-settings.tsx'), 'OrganizationSettings'),
});

const invoicingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/invoicing',
  component: lazyScreen(() => import('./invoicing/invoicing-settings.tsx'), 'InvoicingSettings'),
});

const integrationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/integrations',
  component: lazyScreen(() => import('./integrations/integrations.tsx'), 'Integrations'),
});

const serverRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/server',
  component: lazyScreen(() => import('./server/server-settings.tsx'), 'ServerSettings'),
});

const appearanceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/appearance',
  component: lazyScreen(() => import('./appearance/appearance-settings.tsx'), 'AppearanceSettings'),
});

const shortcutsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/shortcuts',
  component: lazyScreen(() => import('./shortcuts/shortcut-settings.tsx'), 'ShortcutSettings'),
});

const privacyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/privacy',
  component: lazyScreen(() => import('./privacy/privacy-settings.tsx'), 'PrivacySettings'),
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
