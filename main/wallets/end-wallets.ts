import { activeWallets, readWallet } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { wallets } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { endWallet } from './wallets.ts';

/** Ends a wallet whose `expiration_at` has come. Rule: invoicing.md § 8 "Expiry". */
export async function expireWallet(context: ServiceContext, tx: Transaction, walletId: string): Promise<void> {
  await endWallet(context, tx, readWallet(tx, walletId));
}

/** Ends the wallets of a customer who goes. */
export async function endWalletsOfCustomer(context: ServiceContext, tx: Transaction, customerId: string): Promise<void> {
  for (const wallet of activeWallets(tx, { customerId })) await endWallet(context, tx, wallet);
}

/** Takes a wallet that could not be looked at off the list: the next change of its customer puts it back. */
export async function leaveWalletAsItIs(tx: Transaction, walletId: string): Promise<void> {
  await updateRows(tx, wallets, { where: { id: walletId }, set: { syncAt: null } });
}
