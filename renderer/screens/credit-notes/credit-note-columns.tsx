import { useLingui as useI18n } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CreditNoteRow } from '../../../shared/internal/credit-notes.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { Day, Money, Nothing } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { customerColumn } from '../invoices/invoice-columns.tsx';
import { CreditBadge, REASON_WORDS, RefundBadge } from './credit-note-words.tsx';

/** The columns of every list of credit notes. */
export function useCreditNoteColumns(options: {
  readonly hasCustomer: boolean;
  readonly hasInvoice: boolean;
}): readonly TableColumn<CreditNoteRow>[] {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { hasCustomer, hasInvoice } = options;
  return useMemo(() => {
    const reasonOf = (row: CreditNoteRow): string => {
      const words = REASON_WORDS[row.reason];
      return words === undefined ? row.reason : _(words);
    };
    const invoice: TableColumn<CreditNoteRow> = {
      id: 'invoice',
      header: t`Invoice`,
      width: 160,
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
        id: 'number',
        header: t`Number`,
        sortKey: 'number',
        width: 190,
        isWide: !hasCustomer,
        text: (row) => row.number,
        cell: (row) => (
          <Anchor inherit className="code" renderRoot={(props) => <Link to="/credit-notes/$id" params={{ id: row.lago_id }} {...props} />}>
            {row.number}
          </Anchor>
        ),
      },
      ...(hasCustomer ? [customerColumn<CreditNoteRow>(t`Customer`)] : []),
      ...(hasInvoice ? [invoice] : []),
      {
        id: 'issuing_date',
        header: t`Issued`,
        sortKey: 'issuing_date',
        width: 120,
        text: (row) => row.issuing_date,
        cell: (row) => <Day on={row.issuing_date} />,
      },
      { id: 'reason', header: t`Reason`, sortKey: 'reason', width: 140, text: reasonOf, cell: reasonOf },
      {
        id: 'total',
        header: t`Amount`,
        sortKey: 'total_amount_cents',
        width: 120,
        isNumber: true,
        text: (row) => formatMoney(row.total_amount_cents, row.currency),
        cell: (row) => <Money cents={row.total_amount_cents} currency={row.currency} />,
      },
      {
        id: 'balance',
        header: t`Left`,
        sortKey: 'balance_amount_cents',
        width: 110,
        isNumber: true,
        text: (row) => formatMoney(row.balance_amount_cents, row.currency),
        cell: (row) => <Money cents={row.balance_amount_cents} currency={row.currency} />,
      },
      {
        id: 'credit',
        header: t`Credit`,
        sortKey: 'credit_status',
        width: 150,
        text: (row) => row.credit_status ?? '',
        cell: (row) => (row.credit_status === null ? <Nothing /> : <CreditBadge note={row} />),
      },
      {
        id: 'refund',
        header: t`Refund`,
        sortKey: 'refund_status',
        width: 160,
        text: (row) => row.refund_status ?? '',
        cell: (row) => (row.refund_status === null ? <Nothing /> : <RefundBadge note={row} />),
      },
    ];
  }, [t, _, hasCustomer, hasInvoice]);
}
