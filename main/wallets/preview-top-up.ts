import type { PlainDate } from '../../shared/dates.ts';
import type { Decimal } from '../../shared/decimal.ts';
import { addCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { creditsOf } from '../billing/invoice/prepaid-credits.ts';
import { readCustomer, readWallet } from '../customers/index.ts';
import type { Wallet, WalletTransaction } from '../database/tables/wallets.ts';
import { previewAndUndo, readInvoice } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { topUpInTransaction, type TransactionInput } from './wallet-transactions.ts';

interface Balance {
  readonly amountCents: Cents;
  readonly credits: Decimal;
}

/** What a top-up would do. */
export interface TopUpEffect {
  readonly wallet: Wallet;
  readonly transactions: readonly WalletTransaction[];
  readonly invoice: { readonly totalAmountCents: Cents; readonly paymentDueDate: PlainDate } | null;
  readonly isCollected: boolean;
  readonly before: Balance;
  readonly after: Balance;
  readonly whenPaid: Balance;
}

/** Tries a top-up out with the code that does it, and undoes it. Errors: as those of the top-up. Rule: ui.md § 1.2. */
export async function previewTopUp(
  context: ServiceContext,
  input: TransactionInput,
  refused: FieldErrors = {},
): Promise<Result<TopUpEffect>> {
  const previewed = await previewAndUndo(context, async (inside, tx) => {
    const made = await topUpInTransaction(inside, tx, { input, refused });
    if (!made.ok) return made;
    const { before, transactions } = made.value;
    const purchase = transactions.find((transaction) => transaction.invoiceId !== null);
    const invoice = purchase?.invoiceId == null ? null : await readInvoice(tx, purchase.invoiceId);
    const customer = await readCustomer(tx, before.customerId);
    const after = readWallet(tx, before.id);
    const isPending = purchase?.status === 'pending';
    return ok({
      wallet: before,
      transactions,
      invoice,
      isCollected: invoice !== null && customer.paymentProvider !== null && customer.providerCustomerId !== null,
      before: balanceOf(before, before.balanceCents),
      after: balanceOf(before, after.balanceCents),
      whenPaid: balanceOf(before, addCents(after.balanceCents, isPending ? purchase.amountCents : ZERO_CENTS)),
    });
  });
  return previewed.ok ? ok(previewed.value.shown) : previewed;
}

function balanceOf(wallet: Wallet, amountCents: Cents): Balance {
  return { amountCents, credits: creditsOf(amountCents, wallet) };
}
