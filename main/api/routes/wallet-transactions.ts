import { z } from 'zod';
import { notFound, ok } from '../../../shared/result.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import {
  TRANSACTION_ORIGINS,
  TRANSACTION_STATUSES,
  TRANSACTION_TYPES,
  walletTransactionAnswer,
  walletTransactionInput,
} from '../../../shared/wire/wallet.ts';
import {
  bringWalletsUpToDate,
  createWalletTransactions,
  findWallet,
  findWalletTransaction,
  listWalletTransactions,
  type TransactionFilter,
} from '../../wallets/index.ts';
import { checkedBody } from '../checked-body.ts';
import type { QueryValues } from '../query.ts';
import { route, type Route } from '../route.ts';
import { camelKeys } from '../wire/camel-case.ts';
import { serializeWalletTransaction } from '../wire/wallet.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Wallets';
const pageAnswer = z.object({ wallet_transactions: z.array(walletTransactionAnswer), meta: pageMetaAnswer });

/** Rule: api.md § 12, invoicing.md § 8 "Top-ups". */
export const walletTransactionRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/wallet_transactions',
    summary: 'Top a wallet up with paid or granted credits, or void some of its credits',
    tag,
    wrapper: 'wallet_transaction',
    body: checkedBody(walletTransactionInput),
    answer: z.object({ wallet_transactions: z.array(walletTransactionAnswer) }),
    respond: async ({ context, body }) =>
      wrapResult('wallet_transactions', await createWalletTransactions(context, camelKeys(body.values), body.refused), (made) =>
        made.map(serializeWalletTransaction),
      ),
  }),
  route({
    method: 'get',
    path: '/wallet_transactions/:id',
    summary: 'Read a transaction of a wallet',
    tag,
    answer: z.object({ wallet_transaction: walletTransactionAnswer }),
    respond: ({ context, pathValues }) => {
      const found = findWalletTransaction(context.database.read, context.organizationId, pathValues['id'] ?? '');
      return wrapResult('wallet_transaction', found, serializeWalletTransaction);
    },
  }),
  route({
    method: 'get',
    path: '/wallets/:id/wallet_transactions',
    summary: 'List the transactions of a wallet, newest first',
    tag,
    queryKeys: {
      page: 'Page, from 1',
      per_page: 'Rows of a page, 100 unless told, 1000 at most',
      status: `One of ${TRANSACTION_STATUSES.join(', ')}; another value is ignored`,
      transaction_type: `One of ${TRANSACTION_TYPES.join(', ')}; another value is ignored`,
      transaction_status: `One of ${TRANSACTION_ORIGINS.join(', ')}; another value is ignored`,
    },
    answer: pageAnswer,
    respond: async ({ context, pathValues, query }) => {
      const wallet = findWallet(context.database.read, context.organizationId, { id: pathValues['id'] ?? '' });
      if (wallet === null) return notFound('wallet');
      // Usage that came in may have brought the wallet to the threshold of its rule.
      await bringWalletsUpToDate(context, wallet.customerId);
      const page = query.page();
      const listed = await listWalletTransactions(context, { walletId: wallet.id, filter: readFilter(query) }, page);
      return listed.ok ? ok(wrapPage('wallet_transactions', listed.value, { page, serialize: serializeWalletTransaction })) : listed;
    },
  }),
];

function readFilter(query: QueryValues): TransactionFilter {
  return {
    status: known(query.text('status'), TRANSACTION_STATUSES),
    transactionType: known(query.text('transaction_type'), TRANSACTION_TYPES),
    transactionStatus: known(query.text('transaction_status'), TRANSACTION_ORIGINS),
  };
}

function known<const Word extends string>(text: string | undefined, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === text);
}
