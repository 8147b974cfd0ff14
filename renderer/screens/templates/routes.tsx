import { createRoute } from '@tanstack/react-router';
import { lazyRouteComponent } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const galleryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates',
  component: lazyRouteComponent(() => import('./template-gallery.tsx'), 'TemplateGallery'),
});

const templateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates/$slug',
  component: lazyRouteComponent(() => import('./template-detail.tsx'), 'TemplateDetail'),
});

export const templatesRoutes = [galleryRoute, templateRoute] as const;
