import { Trans } from '@lingui/react/macro';
import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { CustomerOverviewAnswer } from '../../../shared/internal/customers.ts';
import { read } from '../../api-client.ts';
import { StateBoundary } from '../../components/states.tsx';
import { CreditNoteTable } from '../credit-notes/credit-note-table.tsx';
import { CustomerWallets } from '../wallets/customer-wallets.tsx';
import { useCustomer } from './use-customer.ts';

/** `/customers/$id/credits`: wallets and credit notes. */
export function CustomerCredits(): JSX.Element {
  const { id } = useParams({ from: '/shell/customer/customers/$id/credits' });
  const customer = useCustomer();
  const overview = useQuery({
    queryKey: ['customer', id, 'overview'],
    queryFn: ({ signal }) => read<CustomerOverviewAnswer>(`/api/internal/customers/${id}/overview`, { signal }),
  });
  const subscriptions = overview.data?.subscriptions.map((row) => row.external_id) ?? [];
  return (
    <Stack px="lg" py="md" gap="lg">
      <StateBoundary query={customer} rows={6}>
        {(known) => <CustomerWallets customer={known.customer} subscriptions={subscriptions} />}
      </StateBoundary>
      <Stack gap="sm" component="section">
        <Title order={2}>
          <Trans>Credit notes</Trans>
        </Title>
        <div style={{ display: 'flex', flexDirection: 'column', height: 320 }}>
          <CreditNoteTable customerId={id} />
        </div>
      </Stack>
    </Stack>
  );
}
