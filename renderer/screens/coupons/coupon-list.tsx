import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Menu, MultiSelect, Select } from '@mantine/core';
import { IconDiscount2, IconEdit, IconPlayerStop, IconPlus, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { CouponRow } from '../../../shared/internal/coupons.ts';
import { usePageActions } from '../../actions.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { ListPage, type FilterChip } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { Code, Time } from '../../components/values.tsx';
import { formatUnits } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { CouponBadge, couponValue, useFrequencyText } from './coupon-words.tsx';
import { DeleteCouponPanel, TerminateCouponPanel } from './end-coupon-panels.tsx';

const FIRST_ORDER = { by: 'created_at', direction: 'desc' } as const;

/** `/coupons`. Rule: ui.md § 4.5. */
export function CouponList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/coupons' });
  const address = useListAddress(search, FIRST_ORDER);
  const [toDelete, setToDelete] = useState<CouponRow | null>(null);
  const [toTerminate, setToTerminate] = useState<CouponRow | null>(null);
  const list = useListQuery<CouponRow>({
    entity: 'coupon',
    path: '/api/internal/lists/coupons',
    filters: {
      sort: address.sort.by,
      direction: address.sort.direction,
      search: search.search,
      type: search.type,
      frequency: search.frequency?.join(','),
      status: search.status,
    },
  });
  usePageActions(
    useMemo(
      () => [{ id: 'new-coupon', label: msg`Add a coupon`, group: 'create', keys: 'c', run: () => void navigate({ to: '/coupons/new' }) }],
      [navigate],
    ),
  );
  const addButton = (
    <Button leftSection={<IconPlus size={14} />} renderRoot={(props) => <Link to="/coupons/new" {...props} />}>
      <Trans>Add a coupon</Trans>
    </Button>
  );
  return (
    <>
      <ListPage
        title={t`Coupons`}
        name="coupons"
        list={list}
        columns={useColumns()}
        rowId={(row) => row.lago_id}
        sort={address.sort}
        onSort={address.onSort}
        onOpen={(row) => void navigate({ to: '/coupons/$id', params: { id: row.lago_id } })}
        searchText={search.search ?? ''}
        searchLabel={t`Search name or code`}
        onSearch={address.onSearch}
        filters={<Filters />}
        chips={useChips()}
        onClearFilters={address.clear}
        actions={addButton}
        rowMenu={(row) => (
          <>
            <Menu.Item
              leftSection={<IconEdit size={14} />}
              onClick={() => void navigate({ to: '/coupons/$id/edit', params: { id: row.lago_id } })}
            >
              <Trans>Edit</Trans>
            </Menu.Item>
            {row.terminated_at === null && (
              <Menu.Item leftSection={<IconPlayerStop size={14} />} onClick={() => setToTerminate(row)}>
                <Trans>Terminate…</Trans>
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconTrash size={14} />} color="var(--ink-red)" onClick={() => setToDelete(row)}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </>
        )}
        whenEmpty={
          <NothingYet icon={<IconDiscount2 />} title={t`No coupons yet`} actions={addButton}>
            <Trans>
              A coupon takes an amount or a part off the invoices of the customers who have it: once, a number of times or always.
            </Trans>
          </NothingYet>
        }
      />
      <DeleteCouponPanel coupon={toDelete} activeCount={toDelete?.active_count ?? 0} onClose={() => setToDelete(null)} />
      <TerminateCouponPanel coupon={toTerminate} activeCount={toTerminate?.active_count ?? 0} onClose={() => setToTerminate(null)} />
    </>
  );
}

function useFilterNames() {
  const { t } = useLingui();
  return {
    type: { fixed_amount: t`Fixed amount`, percentage: t`Percentage` } as Readonly<Record<string, string>>,
    frequency: { once: t`Once`, recurring: t`On several invoices`, forever: t`On every invoice` } as Readonly<Record<string, string>>,
    status: { active: t`Active`, terminated: t`Terminated` } as Readonly<Record<string, string>>,
  };
}

const choicesOf = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }));

function Filters(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/coupons' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const names = useFilterNames();
  const chosen = search.frequency ?? [];
  return (
    <>
      <Select
        aria-label={t`Kind`}
        placeholder={t`Kind`}
        w={140}
        clearable
        value={search.type ?? null}
        onChange={(type) => change({ type: type ?? undefined })}
        data={choicesOf(names.type)}
      />
      <MultiSelect
        aria-label={t`How often`}
        placeholder={chosen.length === 0 ? t`How often` : ''}
        size="xs"
        w={180}
        value={[...chosen]}
        onChange={(frequencies) => change({ frequency: frequencies.length === 0 ? undefined : frequencies })}
        data={choicesOf(names.frequency)}
      />
      <Select
        aria-label={t`Status`}
        placeholder={t`Status`}
        w={130}
        clearable
        value={search.status ?? null}
        onChange={(status) => change({ status: status ?? undefined })}
        data={choicesOf(names.status)}
      />
    </>
  );
}

function useChips(): readonly FilterChip[] {
  const search = useSearch({ from: '/shell/coupons' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const names = useFilterNames();
  const chosen = search.frequency ?? [];
  const one = (key: 'type' | 'status'): readonly FilterChip[] => {
    const value = search[key];
    return value === undefined ? [] : [{ key, label: names[key][value] ?? value, onRemove: () => change({ [key]: undefined }) }];
  };
  const without = (frequency: string): readonly string[] | undefined => {
    const left = chosen.filter((each) => each !== frequency);
    return left.length === 0 ? undefined : left;
  };
  return [
    ...one('type'),
    ...chosen.map((frequency) => ({
      key: frequency,
      label: names.frequency[frequency] ?? frequency,
      onRemove: () => change({ frequency: without(frequency) }),
    })),
    ...one('status'),
  ];
}

function useColumns(): readonly TableColumn<CouponRow>[] {
  const { t } = useLingui();
  const frequencyText = useFrequencyText();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Name`,
        sortKey: 'name',
        width: 200,
        isWide: true,
        text: (row) => row.name,
        cell: (row) => (
          <Anchor renderRoot={(props) => <Link to="/coupons/$id" params={{ id: row.lago_id }} {...props} />}>
            <bdi>{row.name}</bdi>
          </Anchor>
        ),
      },
      { id: 'code', header: t`Code`, sortKey: 'code', width: 170, text: (row) => row.code, cell: (row) => <Code>{row.code}</Code> },
      {
        id: 'status',
        header: t`Status`,
        width: 130,
        text: (row) => (row.terminated_at === null ? t`Active` : t`Terminated`),
        cell: (row) => <CouponBadge terminatedAt={row.terminated_at} expirationAt={row.expiration_at} />,
      },
      {
        id: 'value',
        header: t`Takes off`,
        width: 120,
        isNumber: true,
        text: couponValue,
        cell: (row) => <span className="number">{couponValue(row)}</span>,
      },
      { id: 'frequency', header: t`How often`, width: 150, text: frequencyText, cell: frequencyText },
      {
        id: 'customers',
        header: t`Customers`,
        sortKey: 'customers',
        width: 110,
        isNumber: true,
        text: (row) => String(row.active_count),
        cell: (row) => formatUnits(row.active_count),
      },
      {
        id: 'expiration',
        header: t`Expires`,
        sortKey: 'expiration',
        width: 180,
        text: (row) => row.expiration_at ?? '',
        cell: (row) => <Time at={row.expiration_at} />,
      },
      {
        id: 'created',
        header: t`Created`,
        sortKey: 'created_at',
        width: 180,
        isHidden: true,
        text: (row) => row.created_at,
        cell: (row) => <Time at={row.created_at} />,
      },
    ],
    [t],
  );
}
