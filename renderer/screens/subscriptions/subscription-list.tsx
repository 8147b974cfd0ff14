import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, MultiSelect, Select } from '@mantine/core';
import { IconPlus, IconRepeat } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import { ENDING_SOON_DAYS, type SubscriptionRow } from '../../../shared/internal/subscriptions.ts';
import { SUBSCRIPTION_STATUSES } from '../../../shared/wire/subscription.ts';
import { usePageActions } from '../../actions.ts';
import { ListPage, type FilterChip } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { useListQuery } from '../../list-query.ts';
import { usePlans } from '../effects/catalog-queries.ts';
import { AssignToCustomer } from './assign-to-customer.tsx';
import { useSubscriptionColumns } from './subscription-columns.tsx';
import { useSubscriptionMenu } from './subscription-menu.tsx';

const FIRST_ORDER = { by: 'started', direction: 'desc' } as const;

/** `/subscriptions`. Rule: ui.md § 4.6. */
export function SubscriptionList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/subscriptions' });
  const address = useListAddress(search, FIRST_ORDER);
  const [isAssigning, setAssigning] = useState(false);
  const { menu, panels } = useSubscriptionMenu();
  const list = useListQuery<SubscriptionRow>({
    entity: 'subscription',
    path: '/api/internal/lists/subscriptions',
    filters: {
      sort: address.sort.by,
      direction: address.sort.direction,
      search: search.search,
      status: search.status?.join(','),
      plan_id: search.plan,
      ending_soon: search.ending,
      parked: search.parked,
    },
  });
  usePageActions(
    useMemo(() => [{ id: 'assign-plan', label: msg`Assign a plan`, group: 'create', keys: 'c', run: () => setAssigning(true) }], []),
  );
  const assignButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setAssigning(true)}>
      <Trans>Assign a plan</Trans>
    </Button>
  );
  return (
    <>
      <ListPage
        title={t`Subscriptions`}
        name="subscriptions"
        list={list}
        columns={useSubscriptionColumns({ hasCustomer: true })}
        rowId={(row) => row.lago_id}
        sort={address.sort}
        onSort={address.onSort}
        onOpen={(row) => void navigate({ to: '/subscriptions/$id', params: { id: row.subscription.lago_id } })}
        searchText={search.search ?? ''}
        searchLabel={t`Search customer, name or external id`}
        onSearch={address.onSearch}
        filters={<Filters />}
        chips={useChips()}
        onClearFilters={address.clear}
        actions={assignButton}
        rowMenu={menu}
        whenEmpty={
          <NothingYet icon={<IconRepeat />} title={t`No subscriptions yet`} actions={assignButton}>
            <Trans>A subscription is a customer on a plan: from its start on, usage is counted and invoices come by themselves.</Trans>
          </NothingYet>
        }
      />
      {panels}
      <AssignToCustomer opened={isAssigning} onClose={() => setAssigning(false)} />
    </>
  );
}

function useStatusLabels(): Readonly<Record<string, string>> {
  const { t } = useLingui();
  return { pending: t`Pending`, active: t`Active`, terminated: t`Terminated`, canceled: t`Canceled` };
}

function Filters(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/subscriptions' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const plans = usePlans(true).data ?? [];
  const labels = useStatusLabels();
  const chosen = search.status ?? [];
  return (
    <>
      <MultiSelect
        aria-label={t`Status`}
        placeholder={chosen.length === 0 ? t`Status` : ''}
        size="xs"
        w={170}
        value={[...chosen]}
        onChange={(statuses) => change({ status: statuses.length === 0 ? undefined : statuses })}
        data={SUBSCRIPTION_STATUSES.map((status) => ({ value: status, label: labels[status] ?? status }))}
      />
      <Select
        aria-label={t`Plan`}
        placeholder={t`Plan`}
        w={160}
        clearable
        searchable
        value={search.plan ?? null}
        onChange={(plan) => change({ plan: plan ?? undefined })}
        data={plans.map((plan) => ({ value: plan.lago_id, label: plan.name }))}
      />
      <Select
        aria-label={t`Needs a look`}
        placeholder={t`Needs a look`}
        w={180}
        clearable
        value={search.parked === 'true' ? 'parked' : search.ending === 'true' ? 'ending' : null}
        onChange={(kind) => change({ ending: kind === 'ending' ? 'true' : undefined, parked: kind === 'parked' ? 'true' : undefined })}
        data={[
          { value: 'ending', label: t`Ends within ${ENDING_SOON_DAYS} days` },
          { value: 'parked', label: t`Billing stopped` },
        ]}
      />
    </>
  );
}

function useChips(): readonly FilterChip[] {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/subscriptions' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const plans = usePlans(search.plan !== undefined).data ?? [];
  const labels = useStatusLabels();
  const without = (status: string): readonly string[] | undefined => {
    const left = (search.status ?? []).filter((one) => one !== status);
    return left.length === 0 ? undefined : left;
  };
  return [
    ...(search.status ?? []).map((status) => ({
      key: status,
      label: labels[status] ?? status,
      onRemove: () => change({ status: without(status) }),
    })),
    ...(search.plan === undefined
      ? []
      : [
          {
            key: 'plan',
            label: plans.find(({ lago_id: id }) => id === search.plan)?.name ?? t`One plan`,
            onRemove: () => change({ plan: undefined }),
          },
        ]),
    ...(search.ending === 'true' ? [{ key: 'ending', label: t`Ends soon`, onRemove: () => change({ ending: undefined }) }] : []),
    ...(search.parked === 'true' ? [{ key: 'parked', label: t`Billing stopped`, onRemove: () => change({ parked: undefined }) }] : []),
  ];
}
