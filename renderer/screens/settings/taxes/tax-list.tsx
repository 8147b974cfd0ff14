import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Menu } from '@mantine/core';
import { IconEdit, IconPlus, IconReceiptTax, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { TaxRow } from '../../../../shared/internal/taxes.ts';
import { usePageActions } from '../../../actions.ts';
import type { TableColumn } from '../../../components/data-table.tsx';
import { ListPage } from '../../../components/list-page.tsx';
import { NothingYet } from '../../../components/states.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { useListAddress } from '../../../components/use-list-address.ts';
import { Code, Nothing, Time } from '../../../components/values.tsx';
import { formatRate, formatUnits } from '../../../format/money.ts';
import { useListQuery } from '../../../list-query.ts';
import { SettingsTabs } from '../settings-tabs.tsx';
import { DeleteTaxPanel } from './delete-tax-panel.tsx';

/** `/settings/taxes`. */
export function TaxList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/settings/taxes' });
  const address = useListAddress(search, { by: 'name', direction: 'asc' });
  const [toDelete, setToDelete] = useState<TaxRow | null>(null);
  const list = useListQuery<TaxRow>({
    entity: 'tax',
    path: '/api/internal/lists/taxes',
    filters: { sort: address.sort.by, direction: address.sort.direction, search: search.search },
  });
  usePageActions(
    useMemo(
      () => [{ id: 'new-tax', label: msg`Add a tax`, group: 'create', keys: 'c', run: () => void navigate({ to: '/settings/taxes/new' }) }],
      [navigate],
    ),
  );
  const edit = (row: TaxRow): void => void navigate({ to: '/settings/taxes/$code/edit', params: { code: row.code } });
  const addButton = (
    <Button leftSection={<IconPlus size={14} />} renderRoot={(props) => <Link to="/settings/taxes/new" {...props} />}>
      <Trans>Add a tax</Trans>
    </Button>
  );
  return (
    <>
      <ListPage
        title={t`Taxes`}
        name="taxes"
        list={list}
        columns={useColumns()}
        rowId={(row) => row.lago_id}
        sort={address.sort}
        onSort={address.onSort}
        onOpen={edit}
        searchText={search.search ?? ''}
        searchLabel={t`Search name or code`}
        onSearch={address.onSearch}
        tabs={<SettingsTabs />}
        chips={[]}
        onClearFilters={address.clear}
        actions={addButton}
        rowMenu={(row) => (
          <>
            <Menu.Item leftSection={<IconEdit size={14} />} onClick={() => edit(row)}>
              <Trans>Edit</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={14} />} c="var(--ink-red)" onClick={() => setToDelete(row)}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </>
        )}
        whenEmpty={
          <NothingYet icon={<IconReceiptTax />} title={t`No taxes yet`} actions={addButton}>
            <Trans>A tax is a rate that is added to invoices: for everybody, for some customers, or for single charges.</Trans>
          </NothingYet>
        }
      />
      <DeleteTaxPanel tax={toDelete} onClose={() => setToDelete(null)} />
    </>
  );
}

function useColumns(): readonly TableColumn<TaxRow>[] {
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
          <Anchor renderRoot={(props) => <Link to="/settings/taxes/$code/edit" params={{ code: row.code }} {...props} />}>
            <bdi>{row.name}</bdi>
          </Anchor>
        ),
      },
      { id: 'code', header: t`Code`, sortKey: 'code', width: 180, text: (row) => row.code, cell: (row) => <Code>{row.code}</Code> },
      {
        id: 'rate',
        header: t`Rate`,
        sortKey: 'rate',
        width: 110,
        isNumber: true,
        text: (row) => row.rate,
        cell: (row) => formatRate(row.rate),
      },
      {
        id: 'applied',
        header: t`Applies to`,
        width: 160,
        text: (row) => (row.applied_to_organization ? t`Everybody` : ''),
        cell: (row) => (row.applied_to_organization ? <StatusBadge tone="green" label={t`Everybody`} /> : <Nothing />),
      },
      {
        id: 'customers',
        header: t`Own customers`,
        width: 130,
        isNumber: true,
        text: (row) => String(row.customers_count),
        cell: (row) => formatUnits(row.customers_count),
      },
      {
        id: 'created',
        header: t`Created`,
        sortKey: 'created',
        width: 180,
        text: (row) => row.created_at,
        cell: (row) => <Time at={row.created_at} />,
      },
    ],
    [t],
  );
}
