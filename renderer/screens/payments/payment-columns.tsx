import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { PaymentRow } from '../../../shared/internal/payments.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { Code, Money, Nothing, Time } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { customerColumn } from '../invoices/invoice-columns.tsx';
import { PaymentStatusBadge, usePaymentReason } from './payment-words.tsx';

/** The columns of every list of payments. */
export function usePaymentColumns(options: {
  readonly hasCustomer: boolean;
  readonly hasInvoice: boolean;
  /** Another part of the page takes room. */
  readonly isNarrow?: boolean;
}): readonly TableColumn<PaymentRow>[] {
  const { t } = useLingui();
  const reasonOf = usePaymentReason();
  const { hasCustomer, hasInvoice, isNarrow = false } = options;
  return useMemo(() => {
    const invoice: TableColumn<PaymentRow> = {
      id: 'invoice',
      header: t`Invoice`,
      width: 130,
      text: (row) => row.invoice.number,
      cell: (row) => (
        <Anchor
          inherit
          className="code"
          renderRoot={(props) => <Link to="/invoices/$id" params={{ id: row.invoice.lago_id }} {...props} />}
        >
          {row.invoice.number}
        </Anchor>
      ),
    };
    return [
      {
        id: 'created_at',
        header: t`When`,
        sortKey: 'created_at',
        width: 170,
        text: (row) => row.created_at,
        cell: (row) => (
          <Anchor inherit renderRoot={(props) => <Link to="/payments" search={{ open: row.lago_id }} {...props} />}>
            <Time at={row.created_at} />
          </Anchor>
        ),
      },
      ...(hasCustomer ? [customerColumn<PaymentRow>(t`Customer`)] : []),
      ...(hasInvoice ? [invoice] : []),
      {
        id: 'amount',
        header: t`Amount`,
        sortKey: 'amount_cents',
        width: 105,
        isNumber: true,
        text: (row) => formatMoney(row.amount_cents, row.currency),
        cell: (row) => <Money cents={row.amount_cents} currency={row.currency} />,
      },
      {
        id: 'status',
        header: t`Status`,
        sortKey: 'payment_status',
        width: 122,
        text: (row) => row.payment_status,
        cell: (row) => <PaymentStatusBadge status={row.payment_status} />,
      },
      {
        id: 'type',
        header: t`How`,
        sortKey: 'type',
        width: 90,
        isHidden: isNarrow,
        text: (row) => row.type,
        cell: (row) => (row.type === 'manual' ? <Trans>By hand</Trans> : <Trans>Stripe</Trans>),
      },
      {
        id: 'reference',
        header: t`Reference`,
        width: 150,
        isHidden: isNarrow,
        text: (row) => row.reference ?? row.provider_payment_id ?? '',
        cell: (row) => {
          const text = row.reference ?? row.provider_payment_id;
          return text === null || text === '' ? <Nothing /> : <Code>{text}</Code>;
        },
      },
      {
        id: 'reason',
        header: t`Why it failed`,
        width: 190,
        isHidden: isNarrow,
        isWide: !hasCustomer,
        text: (row) => (row.error_code === null ? '' : reasonOf(row.error_code)),
        cell: (row) => (row.error_code === null ? <Nothing /> : reasonOf(row.error_code)),
      },
    ];
  }, [t, hasCustomer, hasInvoice, isNarrow]);
}
