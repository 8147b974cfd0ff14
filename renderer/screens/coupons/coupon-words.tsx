import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatMoney, formatRate } from '../../format/money.ts';

interface Terms {
  readonly amount_cents: number | null;
  readonly amount_currency: string | null;
  readonly percentage_rate: string | null;
  readonly frequency: string;
  readonly frequency_duration: number | null;
}

/** `$60.00`, `25%`. */
export function couponValue({ amount_cents: cents, amount_currency: currency, percentage_rate: rate }: Terms): string {
  return cents === null ? formatRate(rate ?? '0') : formatMoney(cents, currency ?? '');
}

/** How often a coupon lowers an invoice. */
export function useFrequencyText(): (terms: Pick<Terms, 'frequency' | 'frequency_duration'>) => string {
  const { t } = useLingui();
  return ({ frequency, frequency_duration: duration }) => {
    if (frequency === 'recurring') return t`${plural(duration ?? 0, { one: 'On # invoice', other: 'On # invoices' })}`;
    return frequency === 'once' ? t`Once` : t`On every invoice`;
  };
}

interface CouponBadgeProps {
  readonly terminatedAt: string | null;
  readonly expirationAt: string | null;
}

export function CouponBadge({ terminatedAt, expirationAt }: CouponBadgeProps): JSX.Element {
  const { t } = useLingui();
  if (terminatedAt !== null) return <StatusBadge tone="grey" label={t`Terminated`} />;
  return expirationAt === null ? <StatusBadge tone="green" label={t`Active`} /> : <StatusBadge tone="amber" label={t`Expires`} />;
}
