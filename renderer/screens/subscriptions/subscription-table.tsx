import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { SubscriptionRow } from '../../../shared/internal/subscriptions.ts';
import { DataTable, type SortOrder } from '../../components/data-table.tsx';
import { useListQuery } from '../../list-query.ts';
import { useSubscriptionColumns } from './subscription-columns.tsx';
import { useSubscriptionMenu } from './subscription-menu.tsx';

const HEIGHT = 520;

/** The subscriptions of a customer, on its page: active, waiting and ended, latest start first. */
export function SubscriptionTable({ customerId }: { readonly customerId?: string }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [sort, setSort] = useState<SortOrder>({ by: 'started', direction: 'desc' });
  const { menu, panels } = useSubscriptionMenu();
  const list = useListQuery<SubscriptionRow>({
    entity: 'subscription',
    path: '/api/internal/lists/subscriptions',
    filters: { sort: sort.by, direction: sort.direction, customer_id: customerId },
  });
  return (
    <>
      <DataTable
        label={t`Subscriptions`}
        name="owned-subscriptions"
        columns={useSubscriptionColumns({ hasCustomer: customerId === undefined })}
        list={list}
        rowId={(row) => row.lago_id}
        sort={sort}
        onSort={setSort}
        onOpen={(row) => void navigate({ to: '/subscriptions/$id', params: { id: row.subscription.lago_id } })}
        rowMenu={menu}
        maxHeight={HEIGHT}
        empty={
          <Text size="sm" c="dimmed" py="md">
            <Trans>No subscriptions yet. Assign a plan, and billing begins by itself.</Trans>
          </Text>
        }
      />
      {panels}
    </>
  );
}
