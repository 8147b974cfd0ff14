import { In, LessThan } from 'typeorm';
import { notFound, ok, type Result } from '../../shared/result.ts';
import { deleteRows, updateRows } from '../database/rows.ts';
import { paymentLinks, paymentProviders, payments, providerEvents, refunds } from '../database/tables/payments.ts';
import { ensureAdopted } from './adopt-intents.ts';
import { checkPayment } from './check-payment.ts';
import { realNow, ProviderUnavailable, type PaymentDesk } from './desk.ts';
import { checkLink } from './payment-links.ts';
import { pollEvents, type Pass } from './poll-events.ts';
import { providerRefusal } from './provider-refusal.ts';
import { checkRefund } from './refunds.ts';
import { findProviderRow, type StripeAccount } from './stripe/stripe-accounts.ts';

/** Events are dropped by their id for longer than Stripe lists them. */
const EVENT_LIFE_MS = 60 * 24 * 3600_000;

/**
 * One pass over everything that is open with a provider: payments, events that no webhook brought, hosted pages, refunds. Doing it again changes
 * nothing. Errors: 404 `payment_provider_not_found`; 422 `third_party_error` while Stripe cannot be reached. Rule: payments-and-webhooks.md § 6.
 */
export async function reconcileProvider(desk: PaymentDesk, code: string): Promise<Result<Pass>> {
  const provider = await findProviderRow(desk.context.database.read, desk.context.organizationId, code);
  if (provider === null) return notFound('payment_provider');
  return desk.locks.run(`reconcile:${code}`, async () => {
    const account = await desk.accounts.open(code);
    if (account === null) return providerRefusal(NO_KEY);
    try {
      return ok(await passOver(desk, account));
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error;
      desk.context.logger.warn({ providerId: provider.id, error }, 'a payment provider could not be reconciled');
      return providerRefusal({ kind: 'unreachable', message: 'The provider cannot be reached.', retryAfterMs: null });
    }
  });
}

const NO_KEY = { kind: 'refused', code: 'no_secret_key', message: 'The provider has no secret key.', status: 401, intent: null } as const;

async function passOver(desk: PaymentDesk, account: StripeAccount): Promise<Pass> {
  const { code } = account.provider;
  await ensureAdopted(desk, code);
  const passes = [
    await passOverRows(await openPayments(desk, code), (id) => checkPayment(desk, id)),
    await pollEvents(desk, account),
    await passOverRows(await openLinks(desk, code), (id) => checkLink(desk, id)),
    await passOverRows(await openRefunds(desk, code), (id) => checkRefund(desk, id)),
  ];
  await noteReached(desk, account);
  await forgetOldEvents(desk);
  return { checked: sum(passes.map((pass) => pass.checked)), changed: sum(passes.map((pass) => pass.changed)) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

async function passOverRows(ids: readonly string[], check: (id: string) => Promise<boolean>): Promise<Pass> {
  let changed = 0;
  for (const id of ids) changed += (await check(id)) ? 1 : 0;
  return { checked: ids.length, changed };
}

async function openPayments(desk: PaymentDesk, providerCode: string): Promise<readonly string[]> {
  const rows = await desk.context.database.read.manager.find(payments, {
    select: { id: true },
    where: { providerCode, payablePaymentStatus: In(['pending', 'processing']) },
    order: { sequence: 'ASC' },
  });
  return rows.map((row) => row.id);
}

async function openLinks(desk: PaymentDesk, providerCode: string): Promise<readonly string[]> {
  const rows = await desk.context.database.read.manager.findBy(paymentLinks, { providerCode, status: 'open' });
  return rows.map((row) => row.id);
}

async function openRefunds(desk: PaymentDesk, providerCode: string): Promise<readonly string[]> {
  const rows = await desk.context.database.read.manager.findBy(refunds, { providerCode, status: 'pending' });
  return rows.map((row) => row.id);
}

/** A key that could not be tried out when it was saved has now been. */
async function noteReached(desk: PaymentDesk, account: StripeAccount): Promise<void> {
  const { id, isVerified } = account.provider;
  if (isVerified) return;
  await desk.context.database.unitOfWork.write('note that a provider was reached', (tx) =>
    updateRows(tx, paymentProviders, { where: { id }, set: { isVerified: true } }),
  );
}

async function forgetOldEvents(desk: PaymentDesk): Promise<void> {
  const before = realNow(desk).subtract({ milliseconds: EVENT_LIFE_MS });
  await desk.context.database.unitOfWork.write('forget old provider events', (tx) =>
    deleteRows(tx, providerEvents, { receivedAt: LessThan(before), processedAt: LessThan(before) }),
  );
}
