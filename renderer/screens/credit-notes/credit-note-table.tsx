import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { CreditNoteRow } from '../../../shared/internal/credit-notes.ts';
import { DataTable, type SortOrder } from '../../components/data-table.tsx';
import { useListQuery } from '../../list-query.ts';
import { useCreditNoteColumns } from './credit-note-columns.tsx';

interface CreditNoteTableProps {
  /** Our id. */
  readonly customerId?: string;
  /** Our id. */
  readonly invoiceId?: string;
}

const HEIGHT = 520;

/** The credit notes of a customer or of an invoice, on their page. */
export function CreditNoteTable({ customerId, invoiceId }: CreditNoteTableProps): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [sort, setSort] = useState<SortOrder>({ by: 'issuing_date', direction: 'desc' });
  const list = useListQuery<CreditNoteRow>({
    entity: 'credit_note',
    path: '/api/internal/lists/credit_notes',
    filters: { sort: sort.by, direction: sort.direction, customer_id: customerId, invoice_id: invoiceId },
  });
  return (
    <DataTable
      label={t`Credit notes`}
      name="owned-credit-notes"
      columns={useCreditNoteColumns({ hasCustomer: false, hasInvoice: invoiceId === undefined })}
      list={list}
      rowId={(row) => row.lago_id}
      sort={sort}
      onSort={setSort}
      onOpen={(row) => void navigate({ to: '/credit-notes/$id', params: { id: row.lago_id } })}
      maxHeight={HEIGHT}
      empty={
        <Text size="sm" c="dimmed" py="md">
          <Trans>No credit notes yet.</Trans>
        </Text>
      }
    />
  );
}
