import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { InvoiceRow } from '../../../shared/internal/invoices.ts';
import { DataTable, type SortOrder } from '../../components/data-table.tsx';
import { useListQuery } from '../../list-query.ts';
import { useInvoiceColumns } from './invoice-columns.tsx';

interface InvoiceTableProps {
  /** Our id. */
  readonly customerId?: string;
  /** Our id. */
  readonly subscriptionId?: string;
}

const HEIGHT = 520;

/** The invoices of a customer or of a subscription, on their page. */
export function InvoiceTable({ customerId, subscriptionId }: InvoiceTableProps): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [sort, setSort] = useState<SortOrder>({ by: 'issuing_date', direction: 'desc' });
  const list = useListQuery<InvoiceRow>({
    entity: 'invoice',
    path: '/api/internal/lists/invoices',
    filters: { sort: sort.by, direction: sort.direction, customer_id: customerId, subscription_id: subscriptionId },
  });
  return (
    <DataTable
      label={t`Invoices`}
      name="owned-invoices"
      columns={useInvoiceColumns({ hasCustomer: false })}
      list={list}
      rowId={(row) => row.lago_id}
      sort={sort}
      onSort={setSort}
      onOpen={(row) => void navigate({ to: '/invoices/$id', params: { id: row.lago_id } })}
      maxHeight={HEIGHT}
      empty={
        <Text size="sm" c="dimmed" py="md">
          <Trans>No invoices yet.</Trans>
        </Text>
      }
    />
  );
}
