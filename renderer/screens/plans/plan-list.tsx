import { useLingui as useI18n } from '@lingui/react';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Badge, Button, FileButton, Group, Menu, MultiSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconEdit, IconFileImport, IconPlus, IconScale, IconStack2, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState, type JSX } from 'react';
import { BILLING_INTERVALS } from '../../../shared/billing-interval.ts';
import type { PlanFilterValuesAnswer, PlanRow } from '../../../shared/internal/plans.ts';
import { usePageActions } from '../../actions.ts';
import { read } from '../../api-client.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { ListPage, type FilterChip } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { Code, Money, Time, Units } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { DeletePlanPanel } from './delete-plan-panel.tsx';
import { INTERVAL_LABELS, MODEL_LABELS } from './labels.ts';
import { importPlan } from './plan-file.ts';

const PlanDrop = lazy(async () => ({ default: (await import('./plan-drop.tsx')).PlanDrop }));
const MAX_COMPARED = 4;

/** `/plans`. */
export function PlanList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/plans' });
  const address = useListAddress(search, { by: 'created_at', direction: 'desc' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [toDelete, setToDelete] = useState<PlanRow | null>(null);
  const take = useImport();
  const { interval, model, currency } = search;
  const list = useListQuery<PlanRow>({
    entity: 'plan',
    path: '/api/internal/lists/plans',
    filters: { sort: address.sort.by, direction: address.sort.direction, search: search.search, interval, model, currency },
  });
  const chips = useChips(search, address.change);
  usePlanListActions();
  const open = (row: PlanRow): void => void navigate({ to: '/plans/$id', params: { id: row.lago_id } });
  const actions = (
    <Group gap="xs">
      <ImportButton onFile={take} />
      <Button leftSection={<IconPlus size={14} />} renderRoot={(props) => <Link to="/plans/new" {...props} />}>
        <Trans>Add a plan</Trans>
      </Button>
    </Group>
  );
  const columns = useColumns();
  const ids = [...selected];
  return (
    <>
      <ListPage
        title={t`Plans`}
        name="plans"
        list={list}
        columns={columns}
        rowId={(row) => row.lago_id}
        sort={address.sort}
        onSort={address.onSort}
        onOpen={open}
        selection={{ ids: selected, change: setSelected }}
        searchText={search.search ?? ''}
        searchLabel={t`Search name or code`}
        onSearch={address.onSearch}
        filters={<Filters search={search} change={address.change} />}
        chips={chips}
        onClearFilters={address.clear}
        actions={actions}
        bulkActions={
          <Button
            variant="default"
            leftSection={<IconScale size={14} />}
            disabled={ids.length < 2 || ids.length > MAX_COMPARED}
            onClick={() => void navigate({ to: '/plans/compare', search: { ids } })}
          >
            <Trans>Compare</Trans>
          </Button>
        }
        rowMenu={(row) => <PlanRowMenu row={row} onDelete={() => setToDelete(row)} />}
        whenEmpty={<NoPlans actions={actions} />}
      />
      <Suspense fallback={null}>
        <PlanDrop onFile={take} />
      </Suspense>
      <DeletePlanPanel planId={toDelete?.lago_id ?? null} onClose={() => setToDelete(null)} onDeleted={() => setToDelete(null)} />
    </>
  );
}

function NoPlans({ actions }: { readonly actions: JSX.Element }): JSX.Element {
  const { t } = useLingui();
  return (
    <NothingYet
      icon={<IconStack2 />}
      title={t`No plans yet`}
      actions={
        <>
          {actions}
          <Button variant="default" renderRoot={(props) => <Link to="/templates" {...props} />}>
            <Trans>Start from a template</Trans>
          </Button>
        </>
      }
    >
      <Trans>A plan says what a subscription costs: a base fee, and prices for usage.</Trans>
    </NothingYet>
  );
}

function PlanRowMenu({ row, onDelete }: { readonly row: PlanRow; readonly onDelete: () => void }): JSX.Element {
  const navigate = useNavigate();
  return (
    <>
      <Menu.Item leftSection={<IconEdit size={14} />} onClick={() => void navigate({ to: '/plans/$id/edit', params: { id: row.lago_id } })}>
        <Trans>Edit</Trans>
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void navigate({ to: '/plans/new', search: { from: row.lago_id } })}>
        <Trans>Duplicate</Trans>
      </Menu.Item>
      <Menu.Item leftSection={<IconTrash size={14} />} color="var(--ink-red)" onClick={onDelete}>
        <Trans>Delete…</Trans>
      </Menu.Item>
    </>
  );
}

function usePlanListActions(): void {
  const navigate = useNavigate();
  usePageActions(
    useMemo(
      () => [
        { id: 'new-plan', label: msg`Add a plan`, group: 'create' as const, keys: 'c', run: () => void navigate({ to: '/plans/new' }) },
        {
          id: 'plan-templates',
          label: msg`Start a plan from a template`,
          group: 'create' as const,
          run: () => void navigate({ to: '/templates' }),
        },
      ],
      [navigate],
    ),
  );
}

/** Takes a file in: the editor opens with what it says. */
function useImport(): (file: File | null) => void {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (file) => {
    if (file === null) return;
    void importPlan(file).then((isPlan) => {
      if (isPlan) void navigate({ to: '/plans/new', search: { imported: 'yes' } });
      else notifications.show({ color: 'red', message: t`“${file.name}” holds no plan.` });
    });
  };
}

function ImportButton({ onFile }: { readonly onFile: (file: File | null) => void }): JSX.Element {
  const { t } = useLingui();
  return (
    <FileButton accept="application/json,.json" onChange={onFile} inputProps={{ 'aria-label': t`A plan as JSON` }}>
      {(props) => (
        <Button variant="default" leftSection={<IconFileImport size={14} />} {...props}>
          <Trans>Import JSON</Trans>
        </Button>
      )}
    </FileButton>
  );
}

interface PlanFilters {
  readonly interval?: readonly string[] | undefined;
  readonly model?: readonly string[] | undefined;
  readonly currency?: readonly string[] | undefined;
}

interface FiltersProps {
  readonly search: PlanFilters;
  readonly change: (changes: Readonly<Record<string, unknown>>) => void;
}

function Filters({ search, change }: FiltersProps): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const known = useQuery({
    queryKey: ['plan', 'filter_values'],
    queryFn: ({ signal }) => read<PlanFilterValuesAnswer>('/api/internal/plans/filter_values', { signal }),
  });
  const currencies = known.data?.currencies ?? [];
  const select = (key: keyof PlanFilters, label: string, choices: readonly { readonly value: string; readonly label: string }[]) => (
    <MultiSelect
      size="xs"
      w={140}
      aria-label={label}
      placeholder={label}
      data={[...choices]}
      value={[...(search[key] ?? [])]}
      styles={{ pill: { display: 'none' } }}
      onChange={(values) => change({ [key]: values.length === 0 ? undefined : values })}
    />
  );
  return (
    <>
      {select(
        'interval',
        t`Interval`,
        BILLING_INTERVALS.map((value) => ({ value, label: _(INTERVAL_LABELS[value]) })),
      )}
      {select(
        'model',
        t`Charge model`,
        Object.entries(MODEL_LABELS).map(([value, label]) => ({ value, label: _(label) })),
      )}
      {currencies.length > 1 &&
        select(
          'currency',
          t`Currency`,
          currencies.map((value) => ({ value, label: value })),
        )}
    </>
  );
}

function useChips(search: PlanFilters, change: FiltersProps['change']): readonly FilterChip[] {
  const { _ } = useI18n();
  const labels: Readonly<Record<string, Readonly<Record<string, MessageDescriptor>>>> = { interval: INTERVAL_LABELS, model: MODEL_LABELS };
  return (['interval', 'model', 'currency'] as const).flatMap((key) =>
    (search[key] ?? []).map((value) => {
      const label = labels[key]?.[value];
      const rest = (search[key] ?? []).filter((each) => each !== value);
      return {
        key: `${key} ${value}`,
        label: label === undefined ? value : _(label),
        onRemove: () => change({ [key]: rest.length === 0 ? undefined : rest }),
      };
    }),
  );
}

function useColumns(): readonly TableColumn<PlanRow>[] {
  const { t } = useLingui();
  const { _ } = useI18n();
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
          <Anchor renderRoot={(props) => <Link to="/plans/$id" params={{ id: row.lago_id }} {...props} />}>
            <bdi>{row.name}</bdi>
          </Anchor>
        ),
      },
      { id: 'code', header: t`Code`, sortKey: 'code', width: 150, text: (row) => row.code, cell: (row) => <Code>{row.code}</Code> },
      {
        id: 'interval',
        header: t`Interval`,
        sortKey: 'interval',
        width: 96,
        text: (row) => row.interval,
        cell: (row) => _(INTERVAL_LABELS[row.interval]),
      },
      {
        id: 'amount',
        header: t`Base fee`,
        sortKey: 'amount_cents',
        width: 104,
        isNumber: true,
        text: (row) => formatMoney(row.amount_cents, row.amount_currency),
        cell: (row) => <Money cents={row.amount_cents} currency={row.amount_currency} />,
      },
      {
        id: 'charges',
        header: t`Charges`,
        width: 225,
        text: (row) => row.charge_models.join(' '),
        cell: (row) => <ModelChips models={row.charge_models} />,
      },
      {
        id: 'subscriptions',
        header: t`Subscriptions`,
        sortKey: 'subscriptions',
        width: 106,
        isNumber: true,
        text: (row) => String(row.active_subscriptions_count),
        cell: (row) => <Units units={row.active_subscriptions_count} />,
      },
      {
        id: 'created',
        header: t`Created`,
        sortKey: 'created_at',
        width: 178,
        text: (row) => row.created_at,
        cell: (row) => <Time at={row.created_at} />,
      },
    ],
    [t, _],
  );
}

/** Each model once, with how often it is there. */
export function ModelChips({ models }: { readonly models: readonly string[] }): JSX.Element {
  const { _ } = useI18n();
  const counts = Map.groupBy(models, (model) => model);
  return (
    <Group gap={4} wrap="nowrap">
      {[...counts].map(([model, same]) => {
        const label = MODEL_LABELS[model];
        return (
          <Badge key={model} size="sm" variant="default">
            {label === undefined ? model : _(label)}
            {same.length > 1 ? ` ${String(same.length)}` : ''}
          </Badge>
        );
      })}
    </Group>
  );
}
