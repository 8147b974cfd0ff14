import { notFound, ok, type Result } from '../../shared/result.ts';
import { updateRows } from '../database/rows.ts';
import { paymentProviders } from '../database/tables/payments.ts';
import type { PaymentDesk } from './desk.ts';
import { findProviderRow } from './stripe/stripe-accounts.ts';
import { isAccessRefused } from './stripe/stripe-failures.ts';

/** What asking the provider for its own account came to. */
export type Connection =
  | { readonly state: 'connected'; readonly accountId: string; readonly accountName: string | null }
  | { readonly state: 'wrong_key' | 'unreachable' | 'no_key'; readonly message: string };

/** Asks the provider one cheap question with the key that is kept, and remembers whether the key is good. */
export async function testConnection(desk: PaymentDesk, code: string): Promise<Result<Connection>> {
  const { context, accounts } = desk;
  const provider = await findProviderRow(context.database.read, context.organizationId, code);
  if (provider === null) return notFound('payment_provider');
  const account = await accounts.openFor(provider);
  if (account === null) return ok({ state: 'no_key', message: 'The secret key cannot be read. Enter it again.' });
  const asked = await account.ask((client) => client.accounts.retrieveCurrent());
  const isWrongKey = !asked.ok && isAccessRefused(asked.failure);
  if (asked.ok || isWrongKey) await rememberVerdict(desk, provider.id, asked.ok);
  if (asked.ok) {
    const name = asked.value.settings?.dashboard.display_name ?? asked.value.business_profile?.name ?? null;
    return ok({ state: 'connected', accountId: asked.value.id, accountName: name });
  }
  return ok({ state: isWrongKey ? 'wrong_key' : 'unreachable', message: asked.failure.message });
}

async function rememberVerdict(desk: PaymentDesk, id: string, isVerified: boolean): Promise<void> {
  await desk.context.database.unitOfWork.write('note a tried payment provider', (tx) =>
    updateRows(tx, paymentProviders, { where: { id }, set: { isVerified } }),
  );
}
