/**
 * What only our own screens call, below `/api/internal`: signed-in windows, never API keys. No part of the public contract. What an API
 * user should have too gets a public route beside it. Shapes both sides know are in `shared/internal/`. Rule: ui.md § 9.
 */
import type { Route } from '../route.ts';
import { activityRoutes } from './activity.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { requestRoutes } from './requests.ts';
import { settingsRoutes } from './settings.ts';
import { undoRoutes } from './undo.ts';
import { internalWebhookRoutes } from './webhooks.ts';
import { customerRoutes } from './customers.ts';
import { usageRoutes } from './usage-series.ts';
import { walletRoutes } from './wallets.ts';
import { internalPlanRoutes } from './plans.ts';
import { priceRoutes } from './price.ts';
import { capabilityRoutes } from './capabilities.ts';
import { diagnosticsRoutes } from './diagnostics.ts';
import { homeRoutes } from './home.ts';
import { searchRoutes } from './search.ts';
import { effectRoutes } from './effects.ts';
import { eventDebuggerRoutes } from './events.ts';
import { gapRoutes } from './gaps.ts';
import { internalSubscriptionRoutes } from './subscriptions.ts';
import { internalAddOnRoutes } from './add-ons.ts';
import { internalCouponRoutes } from './coupons.ts';
import { internalMetricRoutes } from './metrics.ts';
import { sampleRoutes } from './sample.ts';
import { creditNoteScreenRoutes } from './credit-notes.ts';
import { invoiceScreenRoutes } from './invoices.ts';
import { paymentScreenRoutes } from './payments.ts';
import { streamRoutes } from './stream.ts';
import { templateRoutes } from './templates.ts';
import { telemetryRoutes } from './telemetry.ts';
import { taxRoutes } from './taxes.ts';
import { workspaceRoutes } from './workspaces.ts';

export const INTERNAL_ROUTES: readonly Route[] = [
  ...internalPlanRoutes,
  ...priceRoutes,
  ...templateRoutes,
  ...searchRoutes,
  ...homeRoutes,
  ...capabilityRoutes,
  ...diagnosticsRoutes,
  ...sampleRoutes,
  ...internalMetricRoutes,
  ...internalAddOnRoutes,
  ...internalCouponRoutes,
  ...effectRoutes,
  ...internalSubscriptionRoutes,
  ...streamRoutes,
  ...eventDebuggerRoutes,
  ...gapRoutes,
  ...taxRoutes,
  ...customerRoutes,
  ...usageRoutes,
  ...walletRoutes,
  ...invoiceScreenRoutes,
  ...creditNoteScreenRoutes,
  ...paymentScreenRoutes,
  ...apiKeyRoutes,
  ...internalWebhookRoutes,
  ...requestRoutes,
  ...activityRoutes,
  ...undoRoutes,
  ...settingsRoutes,
  ...workspaceRoutes,
  ...telemetryRoutes,
];
