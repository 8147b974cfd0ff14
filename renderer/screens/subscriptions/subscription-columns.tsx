import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, type JSX } from 'react';
import type { SubscriptionRow } from '../../../shared/internal/subscriptions.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { Code, Day, Period, Time } from '../../components/values.tsx';
import { INTERVAL_WORDS } from './interval-words.ts';
import { RunningAmount } from './running-amount.tsx';
import { SubscriptionBadge } from './subscription-badge.tsx';

/** What a subscription is called: its name, else its external id. */
export function subscriptionName({ subscription }: Pick<SubscriptionRow, 'subscription'>): string {
  return subscription.name ?? subscription.external_id;
}

/** The columns of every list of subscriptions; on a customer's page without the customer. */
export function useSubscriptionColumns({ hasCustomer }: { readonly hasCustomer: boolean }): readonly TableColumn<SubscriptionRow>[] {
  const { t } = useLingui();
  const { _ } = useI18n();
  return useMemo(() => {
    const columns: readonly TableColumn<SubscriptionRow>[] = [
      {
        id: 'subscription',
        header: t`Subscription`,
        sortKey: 'external_id',
        width: 130,
        isWide: true,
        text: subscriptionName,
        cell: (row) => <NameCell row={row} />,
      },
      {
        id: 'customer',
        header: t`Customer`,
        sortKey: 'customer',
        width: 130,
        text: (row) => row.customer_name,
        cell: (row) => <CustomerCell row={row} />,
      },
      {
        id: 'plan',
        header: t`Plan`,
        sortKey: 'plan',
        width: 150,
        text: (row) => row.plan_name,
        cell: (row) => <PlanCell row={row} word={_(INTERVAL_WORDS[row.plan_interval])} />,
      },
      {
        id: 'status',
        header: t`Status`,
        sortKey: 'status',
        width: 112,
        text: (row) => row.subscription.status,
        cell: (row) => <SubscriptionBadge status={row.subscription.status} isEndingSoon={row.is_ending_soon} isParked={row.is_parked} />,
      },
      {
        id: 'started',
        header: t`Started`,
        sortKey: 'started',
        width: 112,
        text: (row) => row.starts_on ?? '',
        cell: (row) => <Day on={row.starts_on} />,
      },
      {
        id: 'period',
        header: t`Current period`,
        width: 214,
        text: (row) => (row.current_period === null ? '' : `${row.current_period.from} – ${row.current_period.to}`),
        cell: (row) => <Period from={row.current_period?.from} to={row.current_period?.to} />,
      },
      {
        id: 'running',
        header: t`Usage so far`,
        width: 100,
        isNumber: true,
        text: () => '',
        cell: (row) => <RunningAmount subscriptionId={row.subscription.lago_id} isActive={row.subscription.status === 'active'} />,
      },
      {
        id: 'next_invoice',
        header: t`Next invoice`,
        sortKey: 'next_invoice',
        width: 112,
        text: (row) => row.next_invoice_on ?? '',
        cell: (row) => <Day on={row.next_invoice_on} />,
      },
      {
        id: 'external_id',
        header: t`External id`,
        width: 170,
        isHidden: true,
        text: (row) => row.subscription.external_id,
        cell: (row) => <Code>{row.subscription.external_id}</Code>,
      },
      {
        id: 'ending',
        header: t`Planned end`,
        sortKey: 'ending',
        width: 170,
        isHidden: true,
        text: (row) => row.subscription.ending_at ?? '',
        cell: (row) => <Time at={row.subscription.ending_at} />,
      },
    ];
    return hasCustomer ? columns : columns.filter(({ id }) => id !== 'customer');
  }, [t, _, hasCustomer]);
}

function NameCell({ row }: { readonly row: SubscriptionRow }): JSX.Element {
  const { name, external_id: externalId, lago_id: id } = row.subscription;
  return (
    <Anchor inherit renderRoot={(props) => <Link to="/subscriptions/$id" params={{ id }} {...props} />}>
      {name === null ? <Code>{externalId}</Code> : <bdi>{name}</bdi>}
    </Anchor>
  );
}

function CustomerCell({ row }: { readonly row: SubscriptionRow }): JSX.Element {
  return (
    <Anchor inherit renderRoot={(props) => <Link to="/customers/$id" params={{ id: row.subscription.lago_customer_id }} {...props} />}>
      <bdi>{row.customer_name}</bdi>
    </Anchor>
  );
}

function PlanCell({ row, word }: { readonly row: SubscriptionRow; readonly word: string }): JSX.Element {
  return (
    <>
      <bdi>{row.plan_name}</bdi>{' '}
      <Text span size="xs" c="dimmed">
        {row.is_overridden ? <Trans>{word}, own prices</Trans> : word}
      </Text>
    </>
  );
}
