/**
 * Owns: wallets from their opening to their end, top-ups asked for and recurring ones, the ongoing balance.
 * Does not own: how credits move in and out (customers/wallet-balance.ts), how invoices use them (invoicing/, billing/), payments.
 * Start reading at: wallets.ts, then top-up.ts.
 */
export type { RecurringTransactionRule, Wallet, WalletTransaction } from '../database/tables/wallets.ts';
export { expireWallet, leaveWalletAsItIs } from './end-wallets.ts';
export { bringWalletsUpToDate, noteWalletsWithNewUsage, syncWallet } from './keep-up.ts';
export { listWallets, type WalletFilter } from './list-wallets.ts';
export { previewTopUp, type TopUpEffect } from './preview-top-up.ts';
export { runIntervalRule, skipIntervalRule } from './recurring-top-ups.ts';
export type { RecurringRuleInput, TransactionMetadata, WalletChange, WalletInput, WalletLimits } from './wallet-input.ts';
export type { ListedWalletTransaction } from '../database/lists/wallets.ts';
export {
  createWalletTransactions,
  findWalletTransaction,
  listWalletTransactionPage,
  listWalletTransactions,
  type TransactionDetails,
  type TransactionFilter,
  type TransactionInput,
} from './wallet-transactions.ts';
export {
  createWallet,
  findWallet,
  readWalletDetails,
  terminateWallet,
  updateWallet,
  type WalletAddress,
  type WalletDetails,
} from './wallets.ts';
export { walletListeners } from './wallet-listeners.ts';
