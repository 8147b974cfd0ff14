import { INTERNAL_ROUTES } from '../internal/index.ts';
import type { Route } from '../route.ts';
import { addOnRoutes } from './add-ons.ts';
import { analyticsRoutes } from './analytics.ts';
import { appliedAddOnRoutes } from './applied-add-ons.ts';
import { appliedCouponRoutes } from './applied-coupons.ts';
import { billableMetricRoutes } from './billable-metrics.ts';
import { couponRoutes } from './coupons.ts';
import { creditNoteMetadataRoutes } from './credit-note-metadata.ts';
import { creditNoteRoutes } from './credit-notes.ts';
import { currentUsageRoutes } from './current-usage.ts';
import { customerListRoutes } from './customer-lists.ts';
import { customerRoutes } from './customers.ts';
import { eventRoutes } from './events.ts';
import { feeEstimateRoutes } from './fee-estimates.ts';
import { feeRoutes } from './fees.ts';
import { healthRoutes } from './health.ts';
import { invoiceActionRoutes } from './invoice-actions.ts';
import { invoiceCustomSectionRoutes } from './invoice-custom-sections.ts';
import { invoiceFileRoutes } from './invoice-files.ts';
import { invoicePreviewRoutes } from './invoice-preview.ts';
import { invoiceRoutes } from './invoices.ts';
import { lifetimeUsageRoutes } from './lifetime-usage.ts';
import { logoRoutes } from './logo.ts';
import { oneOffInvoiceRoutes } from './one-off-invoices.ts';
import { openApiRoutes } from './openapi.ts';
import { organizationRoutes } from './organizations.ts';
import { pastUsageRoutes } from './past-usage.ts';
import { paymentProviderRoutes } from './payment-providers.ts';
import { paymentUrlRoutes } from './payment-urls.ts';
import { paymentRoutes } from './payments.ts';
import { planChargeRoutes } from './plan-charges.ts';
import { planMetadataRoutes } from './plan-metadata.ts';
import { planRoutes } from './plans.ts';
import { stripeWebhookRoutes } from './stripe-webhooks.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { taxRoutes } from './taxes.ts';
import { testClockRoutes } from './test-clock.ts';
import { webhookEndpointRoutes } from './webhook-endpoints.ts';
import { webhookKeyRoutes } from './webhook-keys.ts';
import { customerWalletRoutes } from './customer-wallets.ts';
import { walletTransactionRoutes } from './wallet-transactions.ts';
import { walletRoutes } from './wallets.ts';

const DESCRIBED: readonly Route[] = [
  ...healthRoutes,
  ...testClockRoutes,
  ...organizationRoutes,
  ...logoRoutes,
  ...invoiceCustomSectionRoutes,
  ...billableMetricRoutes,
  ...planRoutes,
  ...planChargeRoutes,
  ...planMetadataRoutes,
  ...customerRoutes,
  ...customerListRoutes,
  ...subscriptionRoutes,
  ...lifetimeUsageRoutes,
  ...oneOffInvoiceRoutes,
  ...invoicePreviewRoutes,
  ...invoiceRoutes,
  ...invoiceActionRoutes,
  ...invoiceFileRoutes,
  ...eventRoutes,
  ...feeEstimateRoutes,
  ...currentUsageRoutes,
  ...pastUsageRoutes,
  ...feeRoutes,
  ...creditNoteRoutes,
  ...creditNoteMetadataRoutes,
  ...paymentRoutes,
  ...paymentUrlRoutes,
  ...paymentProviderRoutes,
  ...stripeWebhookRoutes,
  ...couponRoutes,
  ...appliedCouponRoutes,
  ...addOnRoutes,
  ...appliedAddOnRoutes,
  ...analyticsRoutes,
  ...taxRoutes,
  ...webhookEndpointRoutes,
  ...webhookKeyRoutes,
  ...walletRoutes,
  ...walletTransactionRoutes,
  ...customerWalletRoutes,
];

/** Every route of the server. */
export const ROUTES: readonly Route[] = [...DESCRIBED, ...openApiRoutes(DESCRIBED), ...INTERNAL_ROUTES];
