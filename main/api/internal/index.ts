/**
 * What only our own screens call, below `/api/internal`: signed-in windows, never API keys. No part of the public contract. What an API
 * user should have too gets a public route beside it. Shapes both sides know are in `shared/internal/`. Rule: ui.md § 9.
 */
import type { Route } from '../route.ts';
import { searchRoutes } from './search.ts';
import { streamRoutes } from './stream.ts';

export const INTERNAL_ROUTES: readonly Route[] = [...searchRoutes, ...streamRoutes];
