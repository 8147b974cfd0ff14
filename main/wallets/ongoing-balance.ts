import { decimal } from '../../shared/decimal.ts';
import type { Instant } from '../../shared/dates.ts';
import { subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { payableGroups, shareOutUsage, type PayableGroup } from '../billing/invoice/prepaid-credits.ts';
import { activeWallets, readCustomer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows, updateRows } from '../database/rows.ts';
import { invoices } from '../database/tables/invoices.ts';
import { wallets, type Wallet } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { readPayableFees } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { readOngoingUsage } from '../usage/index.ts';

/**
 * Computes anew what is left of a customer's active wallets once the usage of the running periods and the drafts are paid, and says so once
 * when that reaches zero. Answers whether anything is otherwise than it was. Rule: invoicing.md § 8 "Ongoing balance".
 */
export async function refreshOngoingBalances(context: ServiceContext, tx: Transaction, customerId: string): Promise<boolean> {
  const active = activeWallets(tx, { customerId });
  if (active.length === 0) return false;
  let isChanged = false;
  const now = context.clock.now();
  const groups = await unbilledGroups(tx, { customerId, now });
  for (const [currency, ofCurrency] of Map.groupBy(active, (wallet) => wallet.currency)) {
    const shares = shareOutUsage(groups.get(currency) ?? [], ofCurrency);
    const usedBy = new Map(shares.map((share) => [share.walletId, share.amountCents]));
    for (const wallet of ofCurrency) {
      const usageCents = usedBy.get(wallet.id) ?? ZERO_CENTS;
      isChanged = (await storeOngoing(context, tx, { wallet, usageCents, now })) || isChanged;
    }
  }
  return isChanged;
}

async function storeOngoing(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly wallet: Wallet; readonly usageCents: Cents; readonly now: Instant },
): Promise<boolean> {
  const { wallet, usageCents, now } = of;
  const ongoingBalanceCents = subtractCents(wallet.balanceCents, usageCents);
  const isDepleted = ongoingBalanceCents <= 0n;
  const isSame =
    wallet.ongoingBalanceCents === ongoingBalanceCents &&
    wallet.ongoingUsageBalanceCents === usageCents &&
    wallet.isDepleted === isDepleted;
  if (isSame) return false;
  await updateRows(tx, wallets, {
    where: { id: wallet.id },
    set: { ongoingBalanceCents, ongoingUsageBalanceCents: usageCents, isDepleted, lastBalanceSyncAt: now },
  });
  if (isDepleted && !wallet.isDepleted) {
    await context.announce?.(tx, { type: 'wallet.depleted_ongoing_balance', objectType: 'wallet', objectId: wallet.id });
  }
  return true;
}

interface UnbilledGroup {
  readonly currency: CurrencyCode;
  readonly group: PayableGroup;
}

/** What will be asked of wallets: usage of the running periods and the fees of drafts, by currency, largest group first. */
async function unbilledGroups(
  db: ReadDatabase,
  of: { readonly customerId: string; readonly now: Instant },
): Promise<ReadonlyMap<CurrencyCode, readonly PayableGroup[]>> {
  const usage = await readOngoingUsage(db, { customer: await readCustomer(db, of.customerId), now: of.now });
  const groups = usage.map(({ currency, metricCode, amountCents }): UnbilledGroup => ({
    currency,
    group: { feeType: 'charge', metricCode, exactCents: decimal(amountCents) },
  }));
  for (const draft of findRows(db, invoices, { customerId: of.customerId, status: 'draft' })) {
    const { currency, totalAmountCents } = draft;
    const drafted = payableGroups(await readPayableFees(db, draft.id), { creditNotesAmountCents: ZERO_CENTS, totalAmountCents });
    groups.push(...drafted.map((group) => ({ currency, group })));
  }
  return new Map(
    [...Map.groupBy(groups, (each) => each.currency)].map(([currency, ofCurrency]) => [
      currency,
      ofCurrency.map((each) => each.group).sort((one, other) => other.exactCents.comparedTo(one.exactCents)),
    ]),
  );
}
