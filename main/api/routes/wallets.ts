import { z } from 'zod';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { walletAnswer, walletChangeInput, walletInput } from '../../../shared/wire/wallet.ts';
import { findCustomer } from '../../customers/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import {
  bringWalletsUpToDate,
  createWallet,
  findWallet,
  listWallets,
  readWalletDetails,
  terminateWallet,
  updateWallet,
  type WalletAddress,
  type WalletDetails,
} from '../../wallets/index.ts';
import { checkedBody } from '../checked-body.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { readWalletInput, serializeWallet } from '../wire/wallet.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Wallets';
const answer = z.object({ wallet: walletAnswer });

export const walletPageAnswer = z.object({ wallets: z.array(walletAnswer), meta: pageMetaAnswer });
export const WALLET_LIST_KEYS: Readonly<Record<string, string>> = {
  page: 'Page, from 1',
  per_page: 'Rows of a page, 100 unless told, 1000 at most',
  currency: 'ISO 4217 code',
};

/** Rule: api.md § 12, invoicing.md § 8. */
export const walletRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/wallets',
    summary: 'Open a wallet, and put its first credits in',
    tag,
    wrapper: 'wallet',
    body: checkedBody(walletInput),
    answer,
    respond: async ({ context, body }) => walletResult(context, await createWallet(context, readWalletInput(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/wallets',
    summary: 'List wallets, newest first',
    tag,
    queryKeys: { external_customer_id: 'The customer', ...WALLET_LIST_KEYS },
    answer: walletPageAnswer,
    respond: async (request) => {
      const { context, query } = request;
      const externalId = new ListFilters(query).text('external_customer_id');
      if (externalId === undefined) return answerWalletPage(request, {});
      const customer = await findCustomer(context.database.read, context.organizationId, externalId);
      return customer === null ? notFound('customer') : answerWalletPage(request, { customerId: customer.id });
    },
  }),
  route({
    method: 'get',
    path: '/wallets/:id',
    summary: 'Read a wallet',
    tag,
    answer,
    respond: ({ context, pathValues }) => answerWallet(context, { id: pathValues['id'] ?? '' }),
  }),
  route({
    method: 'put',
    path: '/wallets/:id',
    summary: 'Change an active wallet',
    tag,
    wrapper: 'wallet',
    body: checkedBody(walletChangeInput),
    answer,
    respond: async ({ context, pathValues, body }) => {
      const asked = { change: readWalletInput(body.values), refused: body.refused };
      return walletResult(context, await updateWallet(context, { id: pathValues['id'] ?? '' }, asked));
    },
  }),
  route({
    method: 'delete',
    path: '/wallets/:id',
    summary: 'End a wallet: what is left in it pays nothing any more',
    tag,
    answer,
    respond: async ({ context, pathValues }) => walletResult(context, await terminateWallet(context, { id: pathValues['id'] ?? '' })),
  }),
];

/** A page of wallets, of one customer or of all. */
export async function answerWalletPage(
  { context, query }: Pick<RouteRequest<unknown>, 'context' | 'query'>,
  within: { readonly customerId?: string },
): Promise<Result<unknown>> {
  const filters = new ListFilters(query);
  const currency = filters.currency('currency');
  const refusal = filters.refusal();
  if (refusal !== null) return refusal;
  await bringWalletsUpToDate(context, within.customerId ?? null);
  const page = query.page();
  const now = context.clock.now();
  const listed = await listWallets(context, { customerId: within.customerId, currency }, page);
  return ok(wrapPage('wallets', listed, { page, serialize: (details) => serializeWallet(details, now) }));
}

/** One wallet with its ongoing balance as it is now. */
export async function answerWallet(context: ServiceContext, address: WalletAddress): Promise<Result<unknown>> {
  const wallet = findWallet(context.database.read, context.organizationId, address);
  if (wallet === null) return notFound('wallet');
  await bringWalletsUpToDate(context, wallet.customerId);
  return walletResult(context, ok(await readWalletDetails(context.database.read, wallet.id)));
}

export function walletResult(context: ServiceContext, result: Result<WalletDetails>): Result<unknown> {
  return wrapResult('wallet', result, (details) => serializeWallet(details, context.clock.now()));
}
