import type { JSX } from 'react';
import type { AmountAnswer } from '../../../shared/internal/customers.ts';
import { Nothing } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';

/** Amounts of several currencies, side by side: they are never added. */
export function Amounts({ amounts }: { readonly amounts: readonly AmountAnswer[] }): JSX.Element {
  return amounts.length === 0 ? <Nothing /> : <span className="number">{amountsText(amounts)}</span>;
}

export function amountsText(amounts: readonly AmountAnswer[]): string {
  return amounts.map(({ amount_cents: cents, currency }) => formatMoney(cents, currency)).join(' · ');
}
