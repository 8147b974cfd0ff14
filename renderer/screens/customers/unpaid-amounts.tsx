import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { UnpaidAnswer } from '../../../shared/internal/customers.ts';
import { amountsText } from './amounts.tsx';

/** What a customer owes; a sign says where some of it is overdue. */
export function UnpaidAmounts({ unpaid }: { readonly unpaid: readonly UnpaidAnswer[] }): JSX.Element {
  const { t } = useLingui();
  const overdue = unpaid
    .filter((sum) => sum.overdue_amount_cents > 0)
    .map((sum) => ({ currency: sum.currency, amount_cents: sum.overdue_amount_cents }));
  const overdueText = amountsText(overdue);
  if (overdue.length === 0) return <span className="number">{amountsText(unpaid)}</span>;
  return (
    <span className="number" style={{ color: 'var(--ink-red)', display: 'inline-flex', alignItems: 'center', gap: 4 }}>
      <IconAlertTriangle size={13} role="img" aria-label={t`${overdueText} overdue`} />
      {amountsText(unpaid)}
    </span>
  );
}
