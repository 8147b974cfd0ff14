import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { PaymentRow } from '../../../shared/internal/payments.ts';
import { DataTable, type SortOrder } from '../../components/data-table.tsx';
import { useListQuery } from '../../list-query.ts';
import { usePaymentColumns } from './payment-columns.tsx';

interface PaymentTableProps {
  /** Our id. */
  readonly customerId?: string;
  /** Our id. */
  readonly invoiceId?: string;
}

const HEIGHT = 520;

/** The payments of a customer or of an invoice, on their page. */
export function PaymentTable({ customerId, invoiceId }: PaymentTableProps): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [sort, setSort] = useState<SortOrder>({ by: 'created_at', direction: 'desc' });
  const list = useListQuery<PaymentRow>({
    entity: 'payment',
    path: '/api/internal/lists/payments',
    filters: { sort: sort.by, direction: sort.direction, customer_id: customerId, invoice_id: invoiceId },
  });
  return (
    <DataTable
      label={t`Payments`}
      name="owned-payments"
      columns={usePaymentColumns({ hasCustomer: false, hasInvoice: invoiceId === undefined })}
      list={list}
      rowId={(row) => row.lago_id}
      sort={sort}
      onSort={setSort}
      onOpen={(row) => void navigate({ to: '/payments', search: { open: row.lago_id } })}
      maxHeight={HEIGHT}
      empty={
        <Text size="sm" c="dimmed" py="md">
          <Trans>No payments yet.</Trans>
        </Text>
      }
    />
  );
}
