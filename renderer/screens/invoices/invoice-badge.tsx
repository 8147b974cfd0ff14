import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import type { InvoiceRow } from '../../../shared/internal/invoices.ts';
import { StatusBadge } from '../../components/status-badge.tsx';

/** `pending` waits for an outside tax answer, which never happens here. */
type InvoiceState = Pick<InvoiceRow, 'payment_status' | 'payment_overdue'> & { readonly status: InvoiceRow['status'] | 'pending' };

/** Where an invoice stands, in one word. Rule: ui.md § 7 "Badge". */
export function InvoiceBadge({ invoice }: { readonly invoice: InvoiceState }): JSX.Element {
  const { t } = useLingui();
  switch (invoice.status) {
    case 'draft':
      return <StatusBadge tone="grey" label={t`Draft`} />;
    case 'voided':
      return <StatusBadge tone="grey" label={t`Voided`} />;
    case 'failed':
      return <StatusBadge tone="red" label={t`Generation failed`} />;
    case 'pending':
      return <StatusBadge tone="amber" label={t`Pending`} />;
    case 'finalized':
      return <StatusBadge tone="blue" label={t`Finalized`} />;
  }
}

/** How its payment stands; nothing for what nobody pays. */
export function PaymentBadge({ invoice }: { readonly invoice: InvoiceState }): JSX.Element | null {
  const { t } = useLingui();
  if (invoice.status !== 'finalized') return null;
  if (invoice.payment_status === 'succeeded') return <StatusBadge tone="green" label={t`Paid`} />;
  if (invoice.payment_status === 'failed') return <StatusBadge tone="red" label={t`Payment failed`} />;
  return invoice.payment_overdue ? (
    <StatusBadge tone="red" label={t`Overdue`} isWarning />
  ) : (
    <StatusBadge tone="amber" label={t`Payment pending`} />
  );
}
