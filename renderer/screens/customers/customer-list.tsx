import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Menu, MultiSelect, Select } from '@mantine/core';
import { IconEdit, IconPlus, IconTrash, IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { CustomerFilterValuesAnswer, CustomerRow } from '../../../shared/internal/customers.ts';
import { usePageActions } from '../../actions.ts';
import { read } from '../../api-client.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { ListPage, type FilterChip } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { Code, Nothing, Time } from '../../components/values.tsx';
import { formatUnits } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { amountsText } from './amounts.tsx';
import { DeleteCustomerPanel } from './delete-customer-panel.tsx';
import { countryName } from './places.ts';
import { knownRunningUsage, RunningUsage } from './running-usage.tsx';
import { UnpaidAmounts } from './unpaid-amounts.tsx';

/** `/customers`. */
export function CustomerList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/customers' });
  const address = useListAddress(search, { by: 'created_at', direction: 'desc' });
  const [toDelete, setToDelete] = useState<CustomerRow | null>(null);
  const filters = {
    sort: address.sort.by,
    direction: address.sort.direction,
    search: search.search,
    has_active_plan: search.active,
    unpaid: search.unpaid,
    currency: search.currency,
    country: search.country,
  };
  const list = useListQuery<CustomerRow>({ entity: 'customer', path: '/api/internal/lists/customers', filters });
  // An export has every row's usage, which the list reads for the rows in view only.
  const exported = { ...list, asked: { ...list.asked, filters: { ...filters, with: 'running_usage' } } };
  usePageActions(
    useMemo(
      () => [
        { id: 'new-customer', label: msg`Add a customer`, group: 'create', keys: 'c', run: () => void navigate({ to: '/customers/new' }) },
      ],
      [navigate],
    ),
  );
  const open = (row: CustomerRow): void => void navigate({ to: '/customers/$id/overview', params: { id: row.lago_id } });
  const addButton = (
    <Button leftSection={<IconPlus size={14} />} renderRoot={(props) => <Link to="/customers/new" {...props} />}>
      <Trans>Add a customer</Trans>
    </Button>
  );
  return (
    <>
      <ListPage
        title={t`Customers`}
        name="customers"
        list={exported}
        columns={useColumns()}
        rowId={(row) => row.lago_id}
        sort={address.sort}
        onSort={address.onSort}
        onOpen={open}
        searchText={search.search ?? ''}
        searchLabel={t`Search name, external id or e-mail`}
        onSearch={address.onSearch}
        filters={<Filters />}
        chips={useChips()}
        onClearFilters={address.clear}
        actions={addButton}
        rowMenu={(row) => (
          <>
            <Menu.Item
              leftSection={<IconEdit size={14} />}
              onClick={() => void navigate({ to: '/customers/$id/edit', params: { id: row.lago_id } })}
            >
              <Trans>Edit</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={14} />} color="var(--ink-red)" onClick={() => setToDelete(row)}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </>
        )}
        whenEmpty={
          <NothingYet icon={<IconUsers />} title={t`No customers yet`} actions={addButton}>
            <Trans>A customer is whom you bill: give it a plan, send its usage, and its invoices come by themselves.</Trans>
          </NothingYet>
        }
      />
      {toDelete !== null && (
        <DeleteCustomerPanel
          opened
          customer={{ id: toDelete.lago_id, externalId: toDelete.external_id, name: toDelete.name ?? toDelete.external_id }}
          onClose={() => setToDelete(null)}
        />
      )}
    </>
  );
}

function Filters(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/customers' });
  const { change } = useListAddress(search, { by: 'created_at', direction: 'desc' });
  const values = useQuery({
    queryKey: ['customer', 'filter_values'],
    queryFn: ({ signal }) => read<CustomerFilterValuesAnswer>('/api/internal/customers/filter_values', { signal }),
  });
  const list = (chosen: readonly string[]): readonly string[] | undefined => (chosen.length === 0 ? undefined : chosen);
  return (
    <>
      <Select
        aria-label={t`Plan`}
        placeholder={t`Plan`}
        w={150}
        clearable
        value={search.active ?? null}
        onChange={(active) => change({ active: active ?? undefined })}
        data={[
          { value: 'true', label: t`Has an active plan` },
          { value: 'false', label: t`No active plan` },
        ]}
      />
      <Select
        aria-label={t`Payments`}
        placeholder={t`Payments`}
        w={130}
        clearable
        value={search.unpaid ?? null}
        onChange={(unpaid) => change({ unpaid: unpaid ?? undefined })}
        data={[
          { value: 'true', label: t`Owes something` },
          { value: 'false', label: t`Owes nothing` },
        ]}
      />
      <MultiSelect
        aria-label={t`Currency`}
        placeholder={(search.currency ?? []).length === 0 ? t`Currency` : ''}
        size="xs"
        w={120}
        searchable
        value={[...(search.currency ?? [])]}
        onChange={(chosen) => change({ currency: list(chosen) })}
        data={[...new Set([...(values.data?.currencies ?? []), ...(search.currency ?? [])])]}
      />
      <MultiSelect
        aria-label={t`Country`}
        placeholder={(search.country ?? []).length === 0 ? t`Country` : ''}
        size="xs"
        w={140}
        searchable
        value={[...(search.country ?? [])]}
        onChange={(chosen) => change({ country: list(chosen) })}
        data={[...new Set([...(values.data?.countries ?? []), ...(search.country ?? [])])].map((code) => ({
          value: code,
          label: countryName(code),
        }))}
      />
    </>
  );
}

function useChips(): readonly FilterChip[] {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/customers' });
  const { change } = useListAddress(search, { by: 'created_at', direction: 'desc' });
  const chip = (key: string, label: string): FilterChip => ({ key, label, onRemove: () => change({ [key]: undefined }) });
  const without = (key: 'currency' | 'country', value: string): void => {
    const left = (search[key] ?? []).filter((one) => one !== value);
    change({ [key]: left.length === 0 ? undefined : left });
  };
  const each = (key: 'currency' | 'country', nameOf: (value: string) => string): readonly FilterChip[] =>
    (search[key] ?? []).map((value) => ({ key: `${key} ${value}`, label: nameOf(value), onRemove: () => without(key, value) }));
  return [
    ...(search.active === undefined ? [] : [chip('active', search.active === 'true' ? t`Has an active plan` : t`No active plan`)]),
    ...(search.unpaid === undefined ? [] : [chip('unpaid', search.unpaid === 'true' ? t`Owes something` : t`Owes nothing`)]),
    ...each('currency', (code) => code),
    ...each('country', countryName),
  ];
}

function useColumns(): readonly TableColumn<CustomerRow>[] {
  const { t } = useLingui();
  const queries = useQueryClient();
  return useMemo<readonly TableColumn<CustomerRow>[]>(
    () => [
      {
        id: 'name',
        header: t`Name`,
        sortKey: 'name',
        width: 200,
        isWide: true,
        text: (row) => row.name ?? row.external_id,
        cell: (row) => (
          <Anchor renderRoot={(props) => <Link to="/customers/$id/overview" params={{ id: row.lago_id }} {...props} />}>
            <bdi>{row.name ?? row.external_id}</bdi>
          </Anchor>
        ),
      },
      {
        id: 'external_id',
        header: t`External id`,
        sortKey: 'external_id',
        width: 135,
        text: (row) => row.external_id,
        cell: (row) => <Code>{row.external_id}</Code>,
      },
      {
        id: 'email',
        header: t`E-mail`,
        sortKey: 'email',
        width: 170,
        text: (row) => row.email ?? '',
        cell: (row) => row.email ?? <Nothing />,
      },
      {
        id: 'currency',
        header: t`Currency`,
        sortKey: 'currency',
        width: 84,
        text: (row) => row.currency ?? '',
        cell: (row) => row.currency ?? <Nothing />,
      },
      {
        id: 'country',
        header: t`Country`,
        width: 130,
        isHidden: true,
        text: (row) => row.country ?? '',
        cell: (row) => (row.country === null ? <Nothing /> : countryName(row.country)),
      },
      {
        id: 'active_subscriptions',
        header: t`Active plans`,
        sortKey: 'active_subscriptions',
        width: 98,
        isNumber: true,
        text: (row) => String(row.active_subscriptions),
        cell: (row) => (row.active_subscriptions === 0 ? <Nothing /> : formatUnits(row.active_subscriptions)),
      },
      {
        id: 'running_usage',
        header: t`Running usage`,
        width: 118,
        isNumber: true,
        text: (row) => amountsText(row.running_usage ?? knownRunningUsage(queries, row.lago_id)),
        cell: (row) => (row.active_subscriptions === 0 ? <Nothing /> : <RunningUsage customerId={row.lago_id} />),
      },
      {
        id: 'unpaid',
        header: t`Unpaid`,
        width: 104,
        isNumber: true,
        text: (row) => amountsText(row.unpaid),
        cell: (row) => (row.unpaid.length === 0 ? <Nothing /> : <UnpaidAmounts unpaid={row.unpaid} />),
      },
      {
        id: 'created_at',
        header: t`Created`,
        sortKey: 'created_at',
        width: 178,
        text: (row) => row.created_at,
        cell: (row) => <Time at={row.created_at} />,
      },
    ],
    [t, queries],
  );
}
