import { deleteRows, updateRows } from '../database/rows.ts';
import { jobs } from '../database/tables/jobs.ts';
import { paymentLinks, paymentProviders, payments, refunds } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** Everything that is asked of a provider after a commit. */
const PROVIDER_JOBS = [
  'collect_invoice',
  'cancel_payment',
  'close_payment_link',
  'provider_customer',
  'provider_setup_link',
  'provider_refund',
  'provider_event',
] as const;

/**
 * For a sandbox that is a copy: what is under way with a provider is the original's to end, and its keys stay with it, so that nothing is
 * charged from here until somebody sets up a test key. Rule: payments-and-webhooks.md §§ 2, 4.
 */
export async function leaveProvidersBehind(context: ServiceContext, tx: Transaction): Promise<void> {
  const { organizationId } = context;
  const keyless = { secretKeySealed: null, secretKeyLast4: null, webhookSecretSealed: null, mode: 'test', isVerified: false } as const;
  await updateRows(tx, paymentProviders, { where: { organizationId }, set: keyless });
  await updateRows(tx, payments, { where: { organizationId }, set: { nextTryAt: null } });
  await updateRows(tx, refunds, { where: { organizationId }, set: { nextTryAt: null } });
  await updateRows(tx, paymentLinks, { where: { status: 'open' }, set: { nextCheckAt: null } });
  for (const kind of PROVIDER_JOBS) await deleteRows(tx, jobs, { kind });
}
