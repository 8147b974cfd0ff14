import { Trans, useLingui } from '@lingui/react/macro';
import { Select, Stack } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { SubscriptionAnswer } from '../../../shared/wire/subscription.ts';
import { pathPart, queryOf, read } from '../../api-client.ts';
import { NothingYet, StateBoundary } from '../../components/states.tsx';
import { SubscriptionUsage } from '../usage/subscription-usage.tsx';
import { useCustomer } from './use-customer.ts';

/** `/customers/$id/usage?subscription=…`. */
export function CustomerUsage(): JSX.Element {
  const { t } = useLingui();
  const { id } = useParams({ from: '/shell/customer/customers/$id/usage' });
  const search = useSearch({ from: '/shell/customer/customers/$id/usage' });
  const navigate = useNavigate();
  const externalId = useCustomer().data?.customer.external_id;
  const subscriptions = useQuery({
    queryKey: ['subscription', 'of customer', id],
    queryFn: ({ signal }) =>
      read<{ readonly subscriptions: readonly SubscriptionAnswer[] }>(
        `/api/v1/customers/${pathPart(externalId ?? '')}/subscriptions${queryOf({ status: ['active', 'terminated'], per_page: 200 })}`,
        { signal },
      ),
    enabled: externalId !== undefined,
  });
  return (
    <Stack px="lg" py="md" gap="md">
      <StateBoundary query={subscriptions} rows={6}>
        {({ subscriptions: rows }) => {
          const sorted = [...rows].sort(activeThenOldest);
          const shown = sorted.find((row) => row.lago_id === search.subscription) ?? sorted[0];
          if (shown === undefined) {
            return (
              <NothingYet icon={<IconChartBar />} title={t`No subscription yet`}>
                <Trans>Usage is counted for subscriptions: give this customer a plan first.</Trans>
              </NothingYet>
            );
          }
          return (
            <>
              {sorted.length > 1 && (
                <Select
                  label={t`Subscription`}
                  w={340}
                  allowDeselect={false}
                  value={shown.lago_id}
                  data={sorted.map((row) => ({ value: row.lago_id, label: subscriptionLabel(row) }))}
                  onChange={(subscription) =>
                    void navigate({ to: '.', search: { subscription: subscription ?? undefined }, replace: true })
                  }
                />
              )}
              <SubscriptionUsage key={shown.lago_id} subscriptionId={shown.lago_id} />
            </>
          );
        }}
      </StateBoundary>
    </Stack>
  );

  function subscriptionLabel(row: SubscriptionAnswer): string {
    const name = row.name === null || row.name === '' ? row.plan_code : row.name;
    return row.status === 'active' ? `${name} · ${row.external_id}` : t`${name} · ${row.external_id} (ended)`;
  }
}

/** What runs longest is looked at most. */
function activeThenOldest(one: SubscriptionAnswer, other: SubscriptionAnswer): number {
  if (one.status !== other.status) return one.status === 'active' ? -1 : 1;
  return (one.started_at ?? '') < (other.started_at ?? '') ? -1 : 1;
}
