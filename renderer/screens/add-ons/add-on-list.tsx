import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Menu } from '@mantine/core';
import { IconEdit, IconPlus, IconPuzzle, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { AddOnRow } from '../../../shared/internal/add-ons.ts';
import { usePageActions } from '../../actions.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { ListPage } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { Code, Money, Nothing, Time } from '../../components/values.tsx';
import { formatMoney, formatUnits } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { DeleteAddOnPanel } from './delete-add-on-panel.tsx';

/** `/add-ons`. Rule: ui.md § 4.5. */
export function AddOnList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/add-ons' });
  const address = useListAddress(search, { by: 'name', direction: 'asc' });
  const [toDelete, setToDelete] = useState<AddOnRow | null>(null);
  const list = useListQuery<AddOnRow>({
    entity: 'add_on',
    path: '/api/internal/lists/add_ons',
    filters: { sort: address.sort.by, direction: address.sort.direction, search: search.search, currency: search.currency },
  });
  usePageActions(
    useMemo(
      () => [{ id: 'new-add-on', label: msg`Add an add-on`, group: 'create', keys: 'c', run: () => void navigate({ to: '/add-ons/new' }) }],
      [navigate],
    ),
  );
  const addButton = (
    <Button leftSection={<IconPlus size={14} />} renderRoot={(props) => <Link to="/add-ons/new" {...props} />}>
      <Trans>Add an add-on</Trans>
    </Button>
  );
  const { currency } = search;
  return (
    <>
      <ListPage
        title={t`Add-ons`}
        name="add-ons"
        list={list}
        columns={useColumns()}
        rowId={(row) => row.lago_id}
        sort={address.sort}
        onSort={address.onSort}
        onOpen={(row) => void navigate({ to: '/add-ons/$id', params: { id: row.lago_id } })}
        searchText={search.search ?? ''}
        searchLabel={t`Search name or code`}
        onSearch={address.onSearch}
        chips={
          currency === undefined ? [] : [{ key: 'currency', label: currency, onRemove: () => address.change({ currency: undefined }) }]
        }
        onClearFilters={address.clear}
        actions={addButton}
        rowMenu={(row) => (
          <>
            <Menu.Item
              leftSection={<IconEdit size={14} />}
              onClick={() => void navigate({ to: '/add-ons/$id/edit', params: { id: row.lago_id } })}
            >
              <Trans>Edit</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={14} />} color="var(--ink-red)" onClick={() => setToDelete(row)}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </>
        )}
        whenEmpty={
          <NothingYet icon={<IconPuzzle />} title={t`No add-ons yet`} actions={addButton}>
            <Trans>An add-on is sold once: applied to a customer, it makes an invoice at once, as for a set-up or a workshop.</Trans>
          </NothingYet>
        }
      />
      <DeleteAddOnPanel addOn={toDelete} appliedCount={toDelete?.applied_count ?? 0} onClose={() => setToDelete(null)} />
    </>
  );
}

function useColumns(): readonly TableColumn<AddOnRow>[] {
  const { t } = useLingui();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Name`,
        sortKey: 'name',
        width: 220,
        isWide: true,
        text: (row) => row.name,
        cell: (row) => (
          <Anchor renderRoot={(props) => <Link to="/add-ons/$id" params={{ id: row.lago_id }} {...props} />}>
            <bdi>{row.name}</bdi>
          </Anchor>
        ),
      },
      { id: 'code', header: t`Code`, sortKey: 'code', width: 190, text: (row) => row.code, cell: (row) => <Code>{row.code}</Code> },
      {
        id: 'description',
        header: t`Description`,
        width: 260,
        text: (row) => row.description ?? '',
        cell: (row) => (row.description === null ? <Nothing /> : <bdi>{row.description}</bdi>),
      },
      {
        id: 'amount',
        header: t`Amount`,
        sortKey: 'amount',
        width: 130,
        isNumber: true,
        text: (row) => formatMoney(row.amount_cents, row.amount_currency),
        cell: (row) => <Money cents={row.amount_cents} currency={row.amount_currency} />,
      },
      {
        id: 'applied',
        header: t`Times applied`,
        sortKey: 'applied',
        width: 130,
        isNumber: true,
        text: (row) => String(row.applied_count),
        cell: (row) => formatUnits(row.applied_count),
      },
      {
        id: 'created',
        header: t`Created`,
        sortKey: 'created_at',
        width: 180,
        text: (row) => row.created_at,
        cell: (row) => <Time at={row.created_at} />,
      },
    ],
    [t],
  );
}
