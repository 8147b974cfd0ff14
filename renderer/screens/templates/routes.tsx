import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const galleryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates',
  component: lazyScreen(() => import('./template-gallery.tsx'), 'TemplateGallery'),
});

const templateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates/$slug',
  component: lazyScreen(() => import('./template-detail.tsx'), 'TemplateDetail'),
});

export const templatesRoutes = [galleryRoute, templateRoute] as const;
