import { z } from 'zod';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { walletAnswer, walletChangeInput, walletInput } from '../../../shared/wire/wallet.ts';
import { findCustomer, type Customer } from '../../customers/index.ts';
import { createWallet, terminateWallet, updateWallet, type WalletAddress } from '../../wallets/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { readWalletInput } from '../wire/wallet.ts';
import { answerWallet, answerWalletPage, WALLET_LIST_KEYS, walletPageAnswer, walletResult } from './wallets.ts';

const tag = 'Wallets';
const answer = z.object({ wallet: walletAnswer });
const BASE = '/customers/:external_id/wallets';

type Request = Pick<RouteRequest<unknown>, 'context' | 'pathValues'>;

/** A customer's wallets, found by their codes: as the top-level ones, but an unknown customer is 404. Rule: api.md § 5. */
export const customerWalletRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: BASE,
    summary: 'Open a wallet for a customer',
    tag,
    wrapper: 'wallet',
    body: checkedBody(walletInput),
    answer,
    respond: async ({ body, ...request }) => {
      const owner = await findOwner(request);
      if (!owner.ok) return owner;
      const { external_customer_id: _named, ...refused } = body.refused;
      const input = { ...readWalletInput(body.values), externalCustomerId: owner.value.externalId };
      return walletResult(request.context, await createWallet(request.context, input, refused));
    },
  }),
  route({
    method: 'get',
    path: BASE,
    summary: 'List the wallets of a customer, newest first',
    tag,
    queryKeys: WALLET_LIST_KEYS,
    answer: walletPageAnswer,
    respond: async (request) => {
      const owner = await findOwner(request);
      return owner.ok ? answerWalletPage(request, { customerId: owner.value.id }) : owner;
    },
  }),
  route({
    method: 'get',
    path: `${BASE}/:code`,
    summary: 'Read a wallet by its code',
    tag,
    answer,
    respond: async (request) => {
      const address = await addressOf(request);
      return address.ok ? answerWallet(request.context, address.value) : address;
    },
  }),
  route({
    method: 'put',
    path: `${BASE}/:code`,
    summary: 'Change an active wallet by its code',
    tag,
    wrapper: 'wallet',
    body: checkedBody(walletChangeInput),
    answer,
    respond: async ({ body, ...request }) => {
      const address = await addressOf(request);
      if (!address.ok) return address;
      const asked = { change: readWalletInput(body.values), refused: body.refused };
      return walletResult(request.context, await updateWallet(request.context, address.value, asked));
    },
  }),
  route({
    method: 'delete',
    path: `${BASE}/:code`,
    summary: 'End a wallet by its code',
    tag,
    answer,
    respond: async (request) => {
      const address = await addressOf(request);
      return address.ok ? walletResult(request.context, await terminateWallet(request.context, address.value)) : address;
    },
  }),
];

async function findOwner({ context, pathValues }: Request): Promise<Result<Customer>> {
  const customer = await findCustomer(context.database.read, context.organizationId, pathValues['external_id'] ?? '');
  return customer === null ? notFound('customer') : ok(customer);
}

async function addressOf(request: Request): Promise<Result<WalletAddress>> {
  const owner = await findOwner(request);
  return owner.ok ? ok({ customerId: owner.value.id, code: request.pathValues['code'] ?? '' }) : owner;
}
