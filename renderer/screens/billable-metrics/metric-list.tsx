import { useLingui as useI18n } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Menu, MultiSelect, Select } from '@mantine/core';
import { IconEdit, IconGauge, IconPlus, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { MetricRow } from '../../../shared/internal/metrics.ts';
import { usePageActions } from '../../actions.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { ListPage, type FilterChip } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { Code, Nothing, Time, Units } from '../../components/values.tsx';
import { formatUnits } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { AGGREGATION_TYPES, AGGREGATIONS, type Aggregation } from './aggregations.ts';
import { DeleteMetricPanel } from './delete-metric-panel.tsx';

const FIRST_ORDER = { by: 'name', direction: 'asc' } as const;

/** `/billable-metrics`. Rule: ui.md § 4.4. */
export function MetricList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/billable-metrics' });
  const address = useListAddress(search, FIRST_ORDER);
  const [toDelete, setToDelete] = useState<MetricRow | null>(null);
  const list = useListQuery<MetricRow>({
    entity: 'billable_metric',
    path: '/api/internal/lists/billable_metrics',
    filters: {
      sort: address.sort.by,
      direction: address.sort.direction,
      search: search.search,
      aggregation: search.aggregation?.join(','),
      used: search.used,
    },
  });
  usePageActions(
    useMemo(
      () => [
        {
          id: 'new-metric',
          label: msg`Add a billable metric`,
          group: 'create',
          keys: 'c',
          run: () => void navigate({ to: '/billable-metrics/new' }),
        },
      ],
      [navigate],
    ),
  );
  const open = (row: MetricRow): void => void navigate({ to: '/billable-metrics/$id', params: { id: row.lago_id } });
  const addButton = (
    <Button leftSection={<IconPlus size={14} />} renderRoot={(props) => <Link to="/billable-metrics/new" {...props} />}>
      <Trans>Add a billable metric</Trans>
    </Button>
  );
  return (
    <>
      <ListPage
        title={t`Billable metrics`}
        name="billable-metrics"
        list={list}
        columns={useColumns()}
        rowId={(row) => row.lago_id}
        sort={address.sort}
        onSort={address.onSort}
        onOpen={open}
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
              onClick={() => void navigate({ to: '/billable-metrics/$id/edit', params: { id: row.lago_id } })}
            >
              <Trans>Edit</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={14} />} color="var(--ink-red)" onClick={() => setToDelete(row)}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </>
        )}
        whenEmpty={
          <NothingYet
            icon={<IconGauge />}
            title={t`No billable metrics yet`}
            actions={
              <>
                {addButton}
                <Button variant="default" renderRoot={(props) => <Link to="/templates" {...props} />}>
                  <Trans>Start from a template</Trans>
                </Button>
              </>
            }
          >
            <Trans>A billable metric says how events are counted: how many there are, or what one of their properties adds up to.</Trans>
          </NothingYet>
        }
      />
      <DeleteMetricPanel metric={toDelete} onClose={() => setToDelete(null)} />
    </>
  );
}

function useAggregationLabel(): (aggregation: string) => string {
  const { _ } = useI18n();
  return (aggregation) => (aggregation in AGGREGATIONS ? _(AGGREGATIONS[aggregation as Aggregation].label) : aggregation);
}

function Filters(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/billable-metrics' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const labelOf = useAggregationLabel();
  const chosen = search.aggregation ?? [];
  return (
    <>
      <MultiSelect
        aria-label={t`Aggregation`}
        placeholder={chosen.length === 0 ? t`Aggregation` : ''}
        size="xs"
        w={190}
        value={[...chosen]}
        onChange={(types) => change({ aggregation: types.length === 0 ? undefined : types })}
        data={AGGREGATION_TYPES.map((type) => ({ value: type, label: labelOf(type) }))}
      />
      <Select
        aria-label={t`Use`}
        placeholder={t`Use`}
        w={150}
        clearable
        value={search.used ?? null}
        onChange={(used) => change({ used: used ?? undefined })}
        data={[
          { value: 'yes', label: t`Used by plans` },
          { value: 'no', label: t`Used by no plan` },
        ]}
      />
    </>
  );
}

function useChips(): readonly FilterChip[] {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/billable-metrics' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const labelOf = useAggregationLabel();
  const chosen = search.aggregation ?? [];
  const without = (type: string): readonly string[] | undefined => {
    const left = chosen.filter((one) => one !== type);
    return left.length === 0 ? undefined : left;
  };
  const used = search.used === 'no' ? t`Used by no plan` : t`Used by plans`;
  return [
    ...chosen.map((type) => ({ key: type, label: labelOf(type), onRemove: () => change({ aggregation: without(type) }) })),
    ...(search.used === undefined ? [] : [{ key: 'used', label: used, onRemove: () => change({ used: undefined }) }]),
  ];
}

function useColumns(): readonly TableColumn<MetricRow>[] {
  const { t } = useLingui();
  const labelOf = useAggregationLabel();
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
          <Anchor renderRoot={(props) => <Link to="/billable-metrics/$id" params={{ id: row.lago_id }} {...props} />}>
            <bdi>{row.name}</bdi>
          </Anchor>
        ),
      },
      { id: 'code', header: t`Code`, sortKey: 'code', width: 190, text: (row) => row.code, cell: (row) => <Code>{row.code}</Code> },
      {
        id: 'aggregation',
        header: t`Aggregation`,
        width: 150,
        text: (row) => labelOf(row.aggregation_type),
        cell: (row) => labelOf(row.aggregation_type),
      },
      {
        id: 'field',
        header: t`Property`,
        width: 140,
        text: (row) => row.field_name ?? '',
        cell: (row) => (row.field_name === null ? <Nothing /> : <Code>{row.field_name}</Code>),
      },
      {
        id: 'plans',
        header: t`Plans`,
        sortKey: 'plans',
        width: 90,
        isNumber: true,
        text: (row) => String(row.plans_count),
        cell: (row) => formatUnits(row.plans_count),
      },
      {
        id: 'events',
        header: t`Events`,
        sortKey: 'events',
        width: 110,
        isNumber: true,
        text: (row) => String(row.events_count),
        cell: (row) => <Units units={row.events_count} />,
      },
      {
        id: 'last_event',
        header: t`Last event`,
        sortKey: 'last_event',
        width: 180,
        text: (row) => row.last_event_at ?? '',
        cell: (row) => <Time at={row.last_event_at} />,
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
