import { useLingui as useI18n } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { InvoiceRow } from '../../../shared/internal/invoices.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { Day, Money, Nothing } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { InvoiceBadge, PaymentBadge } from './invoice-badge.tsx';
import { TYPE_WORDS } from './invoice-words.ts';

/** The columns of every list of invoices. */
export function useInvoiceColumns(options: { readonly hasCustomer: boolean }): readonly TableColumn<InvoiceRow>[] {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { hasCustomer } = options;
  return useMemo(
    () => [
      {
        id: 'number',
        header: t`Number`,
        sortKey: 'number',
        width: 135,
        isWide: !hasCustomer,
        text: (row) => row.number,
        cell: (row) => (
          <Anchor inherit className="code" renderRoot={(props) => <Link to="/invoices/$id" params={{ id: row.lago_id }} {...props} />}>
            {row.number}
          </Anchor>
        ),
      },
      ...(hasCustomer ? [customerColumn<InvoiceRow>(t`Customer`)] : []),
      {
        id: 'issuing_date',
        header: t`Issued`,
        sortKey: 'issuing_date',
        width: 114,
        text: (row) => row.issuing_date,
        cell: (row) => <Day on={row.issuing_date} />,
      },
      {
        id: 'invoice_type',
        header: t`Type`,
        sortKey: 'invoice_type',
        width: 110,
        text: (row) => _(TYPE_WORDS[row.invoice_type]),
        cell: (row) => _(TYPE_WORDS[row.invoice_type]),
      },
      {
        id: 'total',
        header: t`Amount`,
        sortKey: 'total_amount_cents',
        width: 105,
        isNumber: true,
        text: (row) => formatMoney(row.total_amount_cents, row.currency),
        cell: (row) => <Money cents={row.total_amount_cents} currency={row.currency} />,
      },
      {
        id: 'status',
        header: t`Status`,
        sortKey: 'status',
        width: 112,
        text: (row) => row.status,
        cell: (row) => <InvoiceBadge invoice={row} />,
      },
      {
        id: 'payment',
        header: t`Payment`,
        sortKey: 'payment_status',
        width: 158,
        text: (row) => (row.status === 'finalized' ? row.payment_status : ''),
        cell: (row) => (row.status === 'finalized' ? <PaymentBadge invoice={row} /> : <Nothing />),
      },
      {
        id: 'due',
        header: t`Due`,
        sortKey: 'payment_due_date',
        width: 114,
        text: (row) => row.payment_due_date,
        cell: (row) => <Day on={row.payment_due_date} />,
      },
      {
        id: 'total_due',
        header: t`Still due`,
        width: 120,
        isNumber: true,
        isHidden: true,
        text: (row) => formatMoney(row.total_due_amount_cents, row.currency),
        cell: (row) => <Money cents={row.total_due_amount_cents} currency={row.currency} />,
      },
      { id: 'currency', header: t`Currency`, width: 90, isHidden: true, text: (row) => row.currency, cell: (row) => row.currency },
    ],
    [t, _, hasCustomer],
  );
}

/** The name of whom a row belongs to. */
export function customerColumn<Row extends { readonly customer: InvoiceRow['customer'] }>(header: string): TableColumn<Row> {
  return {
    id: 'customer',
    header,
    sortKey: 'customer',
    width: 170,
    isWide: true,
    text: (row) => row.customer.name,
    cell: (row) => (
      <Anchor inherit renderRoot={(props) => <Link to="/customers/$id/overview" params={{ id: row.customer.lago_id }} {...props} />}>
        <bdi>{row.customer.name}</bdi>
      </Anchor>
    ),
  };
}
