import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Group } from '@mantine/core';
import type { JSX } from 'react';
import type { CreditNoteRow } from '../../../shared/internal/credit-notes.ts';
import { StatusBadge } from '../../components/status-badge.tsx';

export const REASON_WORDS: Readonly<Record<string, MessageDescriptor>> = {
  duplicated_charge: msg`Charged twice`,
  product_unsatisfactory: msg`Not as agreed`,
  order_change: msg`Order changed`,
  order_cancellation: msg`Order cancelled`,
  fraudulent_charge: msg`Fraud`,
  other: msg`Other`,
};

type NoteState = Pick<CreditNoteRow, 'credit_status' | 'refund_status'>;

/** How the credit and the refund of a note stand. */
export function CreditNoteBadges({ note }: { readonly note: NoteState }): JSX.Element {
  return (
    <Group gap={6} wrap="nowrap">
      <CreditBadge note={note} />
      <RefundBadge note={note} />
    </Group>
  );
}

export function CreditBadge({ note }: { readonly note: NoteState }): JSX.Element | null {
  const { t } = useLingui();
  switch (note.credit_status) {
    case null:
      return null;
    case 'available':
      return <StatusBadge tone="green" label={t`Credit available`} />;
    case 'consumed':
      return <StatusBadge tone="grey" label={t`Credit used up`} />;
    case 'voided':
      return <StatusBadge tone="grey" label={t`Voided`} />;
  }
}

export function RefundBadge({ note }: { readonly note: NoteState }): JSX.Element | null {
  const { t } = useLingui();
  switch (note.refund_status) {
    case null:
      return null;
    case 'pending':
      return <StatusBadge tone="amber" label={t`Refund on its way`} />;
    case 'succeeded':
      return <StatusBadge tone="green" label={t`Refunded`} />;
    case 'failed':
      return <StatusBadge tone="red" label={t`Refund failed`} />;
  }
}
