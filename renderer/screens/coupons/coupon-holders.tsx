import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { CouponHolderRow } from '../../../shared/internal/coupons.ts';
import { DataTable, type SortOrder, type TableColumn } from '../../components/data-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Money, Nothing, Time } from '../../components/values.tsx';
import { formatMoney, formatUnits } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { couponValue } from './coupon-words.tsx';

const HEIGHT = 360;

/** Who was given a coupon, what it took off there and what is left. */
export function CouponHolders({ couponId }: { readonly couponId: string }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [sort, setSort] = useState<SortOrder>({ by: 'created_at', direction: 'desc' });
  const list = useListQuery<CouponHolderRow>({
    entity: 'applied_coupon',
    path: '/api/internal/lists/coupon_holders',
    filters: { coupon: couponId, sort: sort.by, direction: sort.direction },
  });
  return (
    <DataTable
      label={t`Who has it`}
      name="coupon-holders"
      columns={useColumns()}
      list={list}
      rowId={(row) => row.lago_id}
      sort={sort}
      onSort={setSort}
      onOpen={(row) => void navigate({ to: `/customers/${row.customer.lago_id}/coupons` })}
      maxHeight={HEIGHT}
      empty={
        <Text size="sm" c="dimmed" py="md">
          <Trans>Nobody yet. Give it on a customer’s page, under Coupons.</Trans>
        </Text>
      }
    />
  );
}

function useRemaining(): (row: CouponHolderRow) => string | null {
  const { t } = useLingui();
  return (row) => {
    if (row.status === 'terminated') return null;
    if (row.amount_cents_remaining !== null) return formatMoney(row.amount_cents_remaining, row.amount_currency ?? '');
    if (row.frequency_duration_remaining === null) return row.frequency === 'forever' ? t`no end` : t`one invoice`;
    return t`${plural(row.frequency_duration_remaining, { one: '# invoice', other: '# invoices' })}`;
  };
}

function useColumns(): readonly TableColumn<CouponHolderRow>[] {
  const { t } = useLingui();
  const remainingOf = useRemaining();
  return useMemo(
    () => [
      {
        id: 'customer',
        header: t`Customer`,
        sortKey: 'customer',
        width: 220,
        isWide: true,
        text: (row) => row.customer.name,
        cell: (row) => (
          <Anchor renderRoot={(props) => <Link to={`/customers/${row.customer.lago_id}/coupons`} {...props} />}>
            <bdi>{row.customer.name}</bdi>
          </Anchor>
        ),
      },
      {
        id: 'status',
        header: t`Status`,
        width: 120,
        text: (row) => row.status,
        cell: (row) =>
          row.status === 'active' ? <StatusBadge tone="green" label={t`Active`} /> : <StatusBadge tone="grey" label={t`Ended`} />,
      },
      {
        id: 'value',
        header: t`Takes off`,
        width: 110,
        isNumber: true,
        text: couponValue,
        cell: (row) => <span className="number">{couponValue(row)}</span>,
      },
      {
        id: 'used',
        header: t`Taken off`,
        width: 120,
        isNumber: true,
        text: (row) => (row.used_currency === null ? '' : formatMoney(row.used_cents, row.used_currency)),
        cell: (row) => (row.used_currency === null ? <Nothing /> : <Money cents={row.used_cents} currency={row.used_currency} />),
      },
      {
        id: 'invoices',
        header: t`Invoices`,
        width: 90,
        isNumber: true,
        text: (row) => String(row.invoices_count),
        cell: (row) => formatUnits(row.invoices_count),
      },
      {
        id: 'left',
        header: t`Left`,
        width: 120,
        isNumber: true,
        text: (row) => remainingOf(row) ?? '',
        cell: (row) => remainingOf(row) ?? <Nothing />,
      },
      {
        id: 'given',
        header: t`Given`,
        sortKey: 'created_at',
        width: 180,
        text: (row) => row.created_at,
        cell: (row) => <Time at={row.created_at} />,
      },
    ],
    [t],
  );
}
