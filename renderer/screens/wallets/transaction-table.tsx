import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor } from '@mantine/core';
import { IconWallet } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { WalletTransactionRow } from '../../../shared/internal/wallets.ts';
import { DataTable, type SortOrder, type TableColumn } from '../../components/data-table.tsx';
import { NothingYet } from '../../components/states.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { Money, Nothing, Time, Units } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';

/** What came into a wallet and what left it. */
export function TransactionTable({ walletId }: { readonly walletId: string }): JSX.Element {
  const { t } = useLingui();
  const [sort, setSort] = useState<SortOrder>({ by: 'created_at', direction: 'desc' });
  const list = useListQuery<WalletTransactionRow>({
    entity: 'wallet',
    path: '/api/internal/lists/wallet_transactions',
    filters: { wallet_id: walletId, sort: sort.by, direction: sort.direction },
  });
  return (
    <DataTable
      label={t`Transactions`}
      name="wallet-transactions"
      maxHeight={360}
      list={list}
      columns={useColumns()}
      rowId={(row) => row.lago_id}
      sort={sort}
      onSort={setSort}
      empty={
        <NothingYet icon={<IconWallet />} title={t`No transaction yet`}>
          <Trans>Top-ups and what invoices use are listed here.</Trans>
        </NothingYet>
      }
    />
  );
}

const TONES: Readonly<Record<WalletTransactionRow['status'], Tone>> = { settled: 'green', pending: 'amber', failed: 'red' };

function useColumns(): readonly TableColumn<WalletTransactionRow>[] {
  const { t } = useLingui();
  return useMemo<readonly TableColumn<WalletTransactionRow>[]>(() => {
    const kinds = { purchased: t`Purchased`, granted: t`Granted`, voided: t`Voided`, invoiced: t`Used by an invoice` };
    const states = { settled: t`Settled`, pending: t`Waits for payment`, failed: t`Failed` };
    const sources = { manual: t`by hand`, interval: t`recurring`, threshold: t`at the threshold` };
    const sign = (row: WalletTransactionRow): string => (row.transaction_type === 'inbound' ? '+' : '−');
    return [
      {
        id: 'kind',
        header: t`Transaction`,
        width: 190,
        isWide: true,
        text: (row) => kinds[row.transaction_status],
        cell: (row) => (row.name === null || row.name === '' ? kinds[row.transaction_status] : <bdi>{row.name}</bdi>),
      },
      {
        id: 'status',
        header: t`Status`,
        width: 150,
        text: (row) => states[row.status],
        cell: (row) => <StatusBadge tone={TONES[row.status]} label={states[row.status]} />,
      },
      {
        id: 'credits',
        header: t`Credits`,
        width: 110,
        isNumber: true,
        text: (row) => `${sign(row)}${row.credit_amount}`,
        cell: (row) => (
          <>
            {sign(row)}
            <Units units={row.credit_amount} />
          </>
        ),
      },
      {
        id: 'amount_cents',
        header: t`Worth`,
        sortKey: 'amount_cents',
        width: 110,
        isNumber: true,
        text: (row) => formatMoney(row.amount_cents, row.currency),
        cell: (row) => <Money cents={row.amount_cents} currency={row.currency} />,
      },
      {
        id: 'remaining',
        header: t`Left of it`,
        width: 110,
        isNumber: true,
        text: (row) => (row.remaining_amount_cents === null ? '' : formatMoney(row.remaining_amount_cents, row.currency)),
        cell: (row) => <Money cents={row.remaining_amount_cents} currency={row.currency} />,
      },
      {
        id: 'source',
        header: t`Source`,
        width: 120,
        isHidden: true,
        text: (row) => sources[row.source],
        cell: (row) => sources[row.source],
      },
      {
        id: 'invoice',
        header: t`Invoice`,
        width: 150,
        text: (row) => row.invoice?.number ?? '',
        cell: (row) => <InvoiceLink invoice={row.invoice} />,
      },
      {
        id: 'created_at',
        header: t`Created`,
        sortKey: 'created_at',
        width: 170,
        text: (row) => row.created_at,
        cell: (row) => <Time at={row.created_at} />,
      },
    ];
  }, [t]);
}

function InvoiceLink({ invoice }: Pick<WalletTransactionRow, 'invoice'>): JSX.Element {
  if (invoice === null) return <Nothing />;
  const { lago_id: id, number } = invoice;
  return <Anchor renderRoot={(props) => <Link to="/invoices/$id" params={{ id }} {...props} />}>{number}</Anchor>;
}
