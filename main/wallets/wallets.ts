import { present } from '../../shared/assert.ts';
import { ZERO } from '../../shared/decimal.ts';
import { ZERO_CENTS } from '../../shared/money.ts';
import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { findCustomer, readCustomer, readWallet, setCurrencyWhenEmpty, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow, findRows, insertRow, updateRows, deleteRows } from '../database/rows.ts';
import { recurringTransactionRules, wallets, type RecurringTransactionRule, type Wallet } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { refreshOngoingBalances } from './ongoing-balance.ts';
import { findRule, ruleTerms, writeRule } from './recurring-rules.ts';
import { topUp } from './top-up.ts';
import { changeErrors, creationErrors, isGiven } from './wallet-checks.ts';
import { freeCode } from './wallet-codes.ts';
import { attributesAfter, type WalletAttributes, type WalletChange, type WalletInput } from './wallet-input.ts';

/** A wallet with what it is shown with. */
export interface WalletDetails {
  readonly wallet: Wallet;
  readonly externalCustomerId: string;
  readonly rule: RecurringTransactionRule | null;
}

const NEW_ATTRIBUTES: WalletAttributes = {
  name: null,
  code: '',
  expirationAt: null,
  priority: 50,
  invoiceRequiresSuccessfulPayment: false,
  paidTopUpMinAmountCents: null,
  paidTopUpMaxAmountCents: null,
  purchaseOrderNumber: null,
  feeTypes: [],
  billableMetricCodes: [],
};

/**
 * Opens a wallet for a customer: granted credits are there in the answer, paid ones come with the payment of their invoice. `refused` is what
 * the door found. Errors: 422 by field, `customer_not_found` and `wallet_limit_reached` under `customer`. Rule: invoicing.md § 8.
 */
export function createWallet(context: ServiceContext, input: WalletInput, refused: FieldErrors = {}): Promise<Result<WalletDetails>> {
  return context.database.unitOfWork.write('create wallet', async (tx) => {
    const customer = await findCustomer(tx, context.organizationId, input.externalCustomerId ?? '');
    const attributes = attributesAfter(input, NEW_ATTRIBUTES);
    const errors = { ...(await creationErrors(context, tx, { input, customer, attributes })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const owner = present(customer, 'the customer was checked');
    const code = isGiven(input.code) ? input.code : freeCode(tx, { customerId: owner.id, name: attributes.name });
    const wallet = await insertWallet(context, tx, { input, customer: owner, attributes: { ...attributes, code } });
    await writeRules(context, tx, { wallet, change: input });
    await context.announce?.(tx, { type: 'wallet.created', objectType: 'wallet', objectId: wallet.id });
    const words = { name: input.transactionName ?? null, metadata: input.transactionMetadata ?? [] };
    await topUp(context, tx, { wallet, asked: input, words });
    await refreshOngoingBalances(context, tx, owner.id);
    return ok(await readWalletDetails(tx, wallet.id));
  });
}

async function insertWallet(
  context: ServiceContext,
  tx: Transaction,
  fresh: { readonly input: WalletInput; readonly customer: Customer; readonly attributes: WalletAttributes },
): Promise<Wallet> {
  const { input, customer, attributes } = fresh;
  const currency = present(input.currency, 'the currency was checked');
  await setCurrencyWhenEmpty(context, tx, { customer, currency });
  const now = context.clock.now();
  const id = context.random.uuid();
  await insertRow(tx, wallets, {
    ...attributes,
    id,
    organizationId: context.organizationId,
    customerId: customer.id,
    status: 'active',
    currency,
    rateAmount: present(input.rateAmount, 'the rate was checked'),
    creditsBalance: ZERO,
    balanceCents: ZERO_CENTS,
    consumedCredits: ZERO,
    ongoingBalanceCents: ZERO_CENTS,
    ongoingUsageBalanceCents: ZERO_CENTS,
    // An empty wallet has run out of nothing: only one that had credits can.
    isDepleted: true,
    createdAt: now,
    updatedAt: now,
    terminatedAt: null,
    syncAt: now,
    lastBalanceSyncAt: null,
    lastConsumedCreditAt: null,
  });
  return readWallet(tx, id);
}

/** Which wallet is meant: by our own id, or by its customer and code. */
export type WalletAddress = { readonly id: string } | { readonly customerId: string; readonly code: string };

/** Changes what stays open on an active wallet. Errors: 404 `wallet_not_found`, 422 `wallet_id: wallet_is_terminated` and by field. */
export function updateWallet(
  context: ServiceContext,
  address: WalletAddress,
  asked: { readonly change: WalletChange; readonly refused?: FieldErrors },
): Promise<Result<WalletDetails>> {
  const { change, refused = {} } = asked;
  return context.database.unitOfWork.write('update wallet', async (tx) => {
    const wallet = findWallet(tx, context.organizationId, address);
    if (wallet === null) return notFound('wallet');
    if (wallet.status === 'terminated') return invalid({ wallet_id: ['wallet_is_terminated'] });
    const attributes = attributesAfter(change, wallet);
    const errors = { ...(await changeErrors(context, tx, { change, wallet, attributes })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const code = isGiven(change.code) ? change.code : wallet.code;
    const news = { type: 'wallet.updated', objectType: 'wallet', objectId: wallet.id };
    const before = await context.viewAnnounced?.(tx, news);
    await updateRows(tx, wallets, { where: { id: wallet.id }, set: { ...attributes, code, updatedAt: context.clock.now() } });
    await writeRules(context, tx, { wallet: readWallet(tx, wallet.id), change });
    await refreshOngoingBalances(context, tx, wallet.customerId);
    await context.announce?.(tx, { ...news, ...(before === undefined ? {} : { before }) });
    return ok(await readWalletDetails(tx, wallet.id));
  });
}

/** The rules sent are the full new list, of one at most; absent leaves the wallet's rule as it is. */
async function writeRules(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly wallet: Wallet; readonly change: WalletChange | WalletInput },
): Promise<void> {
  const { wallet, change } = of;
  if (change.recurringTransactionRules === undefined) return;
  const [rule] = change.recurringTransactionRules ?? [];
  if (rule === undefined) return deleteRows(tx, recurringTransactionRules, { walletId: wallet.id });
  const known = findRule(tx, wallet.id);
  const existing = known !== null && rule.lagoId === known.id ? known : null;
  const { invoiceRequiresSuccessfulPayment } = wallet;
  await writeRule(context, tx, { wallet, existing, terms: ruleTerms(rule, { ...change, invoiceRequiresSuccessfulPayment, existing }) });
}

/** Ends a wallet now: what is left in it pays nothing any more. A terminated one is answered as it is. Errors: 404 `wallet_not_found`. */
export function terminateWallet(context: ServiceContext, address: WalletAddress): Promise<Result<WalletDetails>> {
  return context.database.unitOfWork.write('terminate wallet', async (tx) => {
    const wallet = findWallet(tx, context.organizationId, address);
    if (wallet === null) return notFound('wallet');
    await endWallet(context, tx, wallet);
    return ok(await readWalletDetails(tx, wallet.id));
  });
}

/** The same inside an open transaction, as expiry and the end of a customer do it. Rule: invoicing.md § 8 "Expiry". */
export async function endWallet(context: ServiceContext, tx: Transaction, wallet: Wallet): Promise<void> {
  if (wallet.status === 'terminated') return;
  const now = context.clock.now();
  await updateRows(tx, wallets, {
    where: { id: wallet.id },
    set: { status: 'terminated', terminatedAt: now, updatedAt: now, syncAt: null },
  });
  await updateRows(tx, recurringTransactionRules, { where: { walletId: wallet.id }, set: { nextAt: null } });
  await context.announce?.(tx, { type: 'wallet.terminated', objectType: 'wallet', objectId: wallet.id });
}

/** A wallet of the organization, active or terminated; of several with one code the active one, else the newest. */
export function findWallet(db: ReadDatabase, organizationId: string, address: WalletAddress): Wallet | null {
  if ('id' in address) return findRow(db, wallets, { id: address.id, organizationId });
  const found = findRows(db, wallets, { ...address, organizationId });
  return found.find((wallet) => wallet.status === 'active') ?? found.at(-1) ?? null;
}

export async function readWalletDetails(db: ReadDatabase, id: string): Promise<WalletDetails> {
  const wallet = readWallet(db, id);
  const { externalId } = await readCustomer(db, wallet.customerId);
  return { wallet, externalCustomerId: externalId, rule: findRule(db, id) };
}
