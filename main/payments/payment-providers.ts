import { IsNull } from 'typeorm';
import { invalid, notAllowed, notFound, ok, type FieldErrors, type Result, hasErrors } from '../../shared/result.ts';
import { present } from '../../shared/assert.ts';
import type { Page } from '../../shared/page.ts';
import type { Secret } from '../../shared/secret.ts';
import { deleteRows, insertRow, updateRows, type NewRow } from '../database/rows.ts';
import { customers } from '../database/tables/customers.ts';
import { paymentProviders, providerEvents, type PaymentProvider } from '../database/tables/payments.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { findProviderRow, SECRET_KEY_PURPOSE, WEBHOOK_SECRET_PURPOSE } from './stripe/stripe-accounts.ts';

/** A provider as it may be shown: of its secrets only that they are set. */
export interface ProviderView {
  readonly provider: PaymentProvider;
  readonly mode: 'test' | 'live';
  readonly secretKeyLast4: string | null;
  readonly isWebhookSecretSet: boolean;
  /** Whether the key was tried out; false while Stripe could not be reached. */
  readonly isVerified: boolean;
}

/** What a caller says about a provider: an absent key leaves it as it is. */
export interface ProviderInput {
  readonly type?: string | null;
  readonly name?: string | null;
  readonly secretKey?: Secret | null;
  readonly webhookSecret?: Secret | null;
  readonly successRedirectUrl?: string | null;
  readonly supports3ds?: boolean | null;
  /** New customers that name no provider are made there too. */
  readonly createsCustomers?: boolean | null;
}

const LIVE_KEY = /^(sk|rk)_live_/;

export function isLiveKey(key: Secret): boolean {
  return LIVE_KEY.test(key.reveal());
}

export async function listProviders(
  desk: PaymentDesk,
  page: Page,
): Promise<{ readonly rows: readonly ProviderView[]; readonly totalCount: number }> {
  const { database, organizationId } = desk.context;
  const where = { organizationId };
  const [rows, totalCount] = await database.read.manager.findAndCount(paymentProviders, {
    where,
    order: { sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows: rows.map((row) => viewOf(desk, row)), totalCount };
}

export async function allProviders(desk: PaymentDesk): Promise<readonly ProviderView[]> {
  const { database, organizationId } = desk.context;
  const rows = await database.read.manager.find(paymentProviders, { where: { organizationId }, order: { sequence: 'ASC' } });
  return rows.map((row) => viewOf(desk, row));
}

export async function findProvider(desk: PaymentDesk, code: string): Promise<Result<ProviderView>> {
  const provider = await findProviderRow(desk.context.database.read, desk.context.organizationId, code);
  return provider === null ? notFound('payment_provider') : ok(viewOf(desk, provider));
}

/**
 * Sets a provider up under a code, or changes the one that has it. A new key is tried out first: a wrong one is refused, one that cannot be tried
 * is kept and marked. Errors: 422 for the fields; `refused` is what the door found. Rule: payments-and-webhooks.md § 2.
 */
export async function saveProvider(
  desk: PaymentDesk,
  of: { readonly code: string; readonly input: ProviderInput; readonly isSandbox: boolean },
  refused: FieldErrors = {},
): Promise<Result<ProviderView>> {
  const { code, input } = of;
  const before = await findProviderRow(desk.context.database.read, desk.context.organizationId, code);
  const errors = { ...fieldErrors(of, before), ...refused };
  if (hasErrors(errors)) return invalid(errors);
  const draft = draftOf(desk, { code, input, before });
  const verified = input.secretKey == null ? before?.isVerified === true : await tryKey(desk, draft, input.secretKey);
  if (verified === 'wrong') return invalid({ secret_key: ['value_is_invalid'] });
  const sealed = await sealSecrets(desk, draft.id, input);
  const row = { ...draft, ...sealed, isVerified: verified };
  return desk.context.database.unitOfWork.write('save payment provider', async (tx) => {
    if (before === null) await insertRow(tx, paymentProviders, row);
    else await updateRows(tx, paymentProviders, { where: { id: row.id }, set: row });
    const saved = await findProviderRow(tx, desk.context.organizationId, code);
    return ok(viewOf(desk, present(saved, 'a provider that was saved is there')));
  });
}

function fieldErrors(of: { readonly input: ProviderInput; readonly isSandbox: boolean }, before: PaymentProvider | null): FieldErrors {
  const { input, isSandbox } = of;
  return {
    ...(input.type === undefined || input.type === 'stripe' ? {} : { type: ['value_is_invalid'] }),
    ...(before === null && input.type == null ? { type: ['value_is_mandatory'] } : {}),
    ...(before === null && input.secretKey == null ? { secret_key: ['value_is_mandatory'] } : {}),
    ...(isSandbox && input.secretKey != null && isLiveKey(input.secretKey) ? { secret_key: ['live_key_in_sandbox'] } : {}),
  };
}

function draftOf(
  desk: PaymentDesk,
  of: { readonly code: string; readonly input: ProviderInput; readonly before: PaymentProvider | null },
): NewRow<PaymentProvider> {
  const { code, input, before } = of;
  const { context } = desk;
  const now = context.clock.now();
  const kept = before ?? newProvider(desk, code);
  return {
    ...kept,
    name: input.name ?? kept.name,
    mode: input.secretKey == null ? kept.mode : isLiveKey(input.secretKey) ? 'live' : 'test',
    secretKeyLast4: input.secretKey?.reveal().slice(-4) ?? kept.secretKeyLast4,
    successRedirectUrl: input.successRedirectUrl === undefined ? kept.successRedirectUrl : input.successRedirectUrl,
    supports3ds: input.supports3ds ?? kept.supports3ds,
    createsCustomers: input.createsCustomers ?? kept.createsCustomers,
    updatedAt: now,
  };
}

function newProvider(desk: PaymentDesk, code: string): NewRow<PaymentProvider> {
  const { context } = desk;
  const now = context.clock.now();
  return {
    id: context.random.uuid(),
    organizationId: context.organizationId,
    type: 'stripe',
    code,
    name: 'Stripe',
    secretKeySealed: null,
    secretKeyLast4: null,
    mode: 'test',
    webhookSecretSealed: null,
    successRedirectUrl: null,
    supports3ds: false,
    createsCustomers: false,
    isVerified: false,
    // What happened before is nobody's business here.
    eventCursor: Math.floor(realNow(desk).epochMilliseconds / 1000),
    home: desk.home,
    createdAt: now,
    updatedAt: now,
  };
}

/** Whether Stripe knows the key; `wrong` when it says no. */
async function tryKey(desk: PaymentDesk, draft: NewRow<PaymentProvider>, key: Secret): Promise<boolean | 'wrong'> {
  const account = await desk.accounts.tryOut({ ...draft, sequence: 0 }, key);
  const asked = await account.ask((client) => client.accounts.retrieveCurrent());
  if (asked.ok) return true;
  if (asked.failure.kind === 'refused' && asked.failure.status === 401) return 'wrong';
  // A restricted key may not read the account, but was let in.
  return asked.failure.kind === 'refused' && asked.failure.status === 403;
}

/** Outside any transaction, as sealing may read a file. */
async function sealSecrets(
  desk: PaymentDesk,
  rowId: string,
  input: ProviderInput,
): Promise<Partial<Pick<PaymentProvider, 'secretKeySealed' | 'webhookSecretSealed'>>> {
  const secrets = present(desk.context.secrets, 'a host gives a place for secrets');
  const { secretKey, webhookSecret } = input;
  return {
    ...(secretKey == null ? {} : { secretKeySealed: await secrets.seal(secretKey, { purpose: SECRET_KEY_PURPOSE, rowId }) }),
    ...(webhookSecret === undefined
      ? {}
      : {
          webhookSecretSealed:
            webhookSecret === null ? null : await secrets.seal(webhookSecret, { purpose: WEBHOOK_SECRET_PURPOSE, rowId }),
        }),
  };
}

/** The provider whose keys come from the environment: its row has everything else. */
export async function keepEnvironmentProvider(desk: PaymentDesk, code: string): Promise<void> {
  const { context } = desk;
  const key = desk.accounts.environmentKey(code);
  if (key === null) return;
  const before = await findProviderRow(context.database.read, context.organizationId, code);
  if (before !== null) return;
  const row: NewRow<PaymentProvider> = { ...newProvider(desk, code), mode: isLiveKey(key) ? 'live' : 'test' };
  await context.database.unitOfWork.write('set up the provider of the environment', (tx) => insertRow(tx, paymentProviders, row));
}

/** Removes a provider; its customers are detached from it here, and stay what they are at Stripe. What was paid through it stays. */
export async function deleteProvider(desk: PaymentDesk, code: string): Promise<Result<ProviderView>> {
  const { context } = desk;
  if (desk.accounts.environmentKey(code) !== null) return notAllowed('payment_provider_of_environment');
  return context.database.unitOfWork.write('delete payment provider', async (tx) => {
    const provider = await findProviderRow(tx, context.organizationId, code);
    if (provider === null) return notFound('payment_provider');
    await updateRows(tx, customers, {
      where: { organizationId: context.organizationId, paymentProviderCode: code, deletedAt: IsNull() },
      set: {
        paymentProvider: null,
        paymentProviderCode: null,
        providerCustomerId: null,
        providerPaymentMethodId: null,
        syncWithProvider: false,
        updatedAt: context.clock.now(),
      },
    });
    await deleteRows(tx, providerEvents, { providerId: provider.id });
    await deleteRows(tx, paymentProviders, { id: provider.id });
    return ok(viewOf(desk, provider));
  });
}

function viewOf(desk: PaymentDesk, provider: PaymentProvider): ProviderView {
  const key = desk.accounts.environmentKey(provider.code);
  const webhookSecret = desk.accounts.environmentWebhookSecret(provider.code);
  return {
    provider,
    mode: key === null ? provider.mode : isLiveKey(key) ? 'live' : 'test',
    secretKeyLast4: key === null ? provider.secretKeyLast4 : key.reveal().slice(-4),
    isWebhookSecretSet: webhookSecret !== null || provider.webhookSecretSealed !== null,
    isVerified: provider.isVerified,
  };
}
