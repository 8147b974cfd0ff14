import type { WalletTransactionAnswer } from '../wire/wallet.ts';

/** `POST /wallets/:id/top_up_preview` with the body of `POST /api/v1/wallet_transactions`: tried out and undone. */
export interface TopUpEffectAnswer {
  readonly currency: string;
  /** One for each kind of credits, as they would be made. */
  readonly transactions: readonly {
    readonly transaction_status: 'purchased' | 'granted' | 'voided' | 'invoiced';
    readonly status: 'pending' | 'settled' | 'failed';
    readonly credit_amount: string;
    readonly amount_cents: number;
  }[];
  /** The invoice of a purchase; its credits come when it is paid. */
  readonly invoice: { readonly total_amount_cents: number; readonly payment_due_date: string } | null;
  /** Whether a payment provider is asked for the money at once. */
  readonly is_collected: boolean;
  /** Balance before and as soon as it is done, before any payment. */
  readonly balance_before: { readonly cents: number; readonly credits: string };
  readonly balance_after: { readonly cents: number; readonly credits: string };
  /** Once the purchase is paid. */
  readonly balance_when_paid: { readonly cents: number; readonly credits: string };
}

/** What the transactions of a wallet may be sorted by. */
export const WALLET_TRANSACTION_SORTS = ['created_at', 'amount_cents'] as const;

/** A row of `GET /lists/wallet_transactions?wallet_id=`. */
export interface WalletTransactionRow extends Pick<
  WalletTransactionAnswer,
  'lago_id' | 'status' | 'source' | 'transaction_type' | 'transaction_status' | 'credit_amount' | 'name' | 'created_at' | 'settled_at'
> {
  readonly amount_cents: number;
  readonly currency: string;
  readonly remaining_amount_cents: number | null;
  readonly invoice: { readonly lago_id: string; readonly number: string } | null;
}
