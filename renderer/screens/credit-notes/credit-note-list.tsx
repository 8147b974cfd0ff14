import { Trans, useLingui } from '@lingui/react/macro';
import { Select } from '@mantine/core';
import { IconReceiptRefund } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { CreditNoteRow } from '../../../shared/internal/credit-notes.ts';
import { CURRENCIES } from '../../../shared/currency.ts';
import { ListPage, type FilterChip } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { useListQuery } from '../../list-query.ts';
import { useCreditNoteColumns } from './credit-note-columns.tsx';

const FIRST_ORDER = { by: 'issuing_date', direction: 'desc' } as const;

/** `/credit-notes`. */
export function CreditNoteList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/credit-notes' });
  const address = useListAddress(search, FIRST_ORDER);
  const list = useListQuery<CreditNoteRow>({
    entity: 'credit_note',
    path: '/api/internal/lists/credit_notes',
    filters: {
      sort: address.sort.by,
      direction: address.sort.direction,
      search: search.search,
      credit_status: search.credit_status,
      refund_status: search.refund_status,
      currency: search.currency,
    },
  });
  return (
    <ListPage
      title={t`Credit notes`}
      name="credit-notes"
      list={list}
      columns={useCreditNoteColumns({ hasCustomer: true, hasInvoice: true })}
      rowId={(row) => row.lago_id}
      sort={address.sort}
      onSort={address.onSort}
      onOpen={(row) => void navigate({ to: '/credit-notes/$id', params: { id: row.lago_id } })}
      searchText={search.search ?? ''}
      searchLabel={t`Search number or customer`}
      onSearch={address.onSearch}
      filters={<Filters />}
      chips={useChips()}
      onClearFilters={address.clear}
      exportPath="/api/internal/lists/credit_notes.csv"
      whenEmpty={
        <NothingYet icon={<IconReceiptRefund />} title={t`No credit notes yet`}>
          <Trans>
            A credit note gives back a part of a final invoice: as credit, as a refund, or off what is due. Write one from the invoice.
          </Trans>
        </NothingYet>
      }
    />
  );
}

function useStatusWords() {
  const { t } = useLingui();
  return {
    credit: [
      { value: 'available', label: t`Credit available` },
      { value: 'consumed', label: t`Credit used up` },
      { value: 'voided', label: t`Voided` },
    ],
    refund: [
      { value: 'pending', label: t`Refund on its way` },
      { value: 'succeeded', label: t`Refunded` },
      { value: 'failed', label: t`Refund failed` },
    ],
  };
}

function Filters(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/credit-notes' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const words = useStatusWords();
  return (
    <>
      <Select
        aria-label={t`Credit`}
        placeholder={t`Credit`}
        w={150}
        clearable
        value={search.credit_status ?? null}
        onChange={(value) => change({ credit_status: value ?? undefined })}
        data={words.credit}
      />
      <Select
        aria-label={t`Refund`}
        placeholder={t`Refund`}
        w={150}
        clearable
        value={search.refund_status ?? null}
        onChange={(value) => change({ refund_status: value ?? undefined })}
        data={words.refund}
      />
      <Select
        aria-label={t`Currency`}
        placeholder={t`Currency`}
        w={110}
        clearable
        searchable
        value={search.currency ?? null}
        onChange={(currency) => change({ currency: currency ?? undefined })}
        data={[...CURRENCIES]}
      />
    </>
  );
}

function useChips(): readonly FilterChip[] {
  const search = useSearch({ from: '/shell/credit-notes' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const words = useStatusWords();
  const chip = (key: 'credit_status' | 'refund_status' | 'currency', label: string | undefined): readonly FilterChip[] =>
    label === undefined ? [] : [{ key, label, onRemove: () => change({ [key]: undefined }) }];
  return [
    ...chip('credit_status', words.credit.find(({ value }) => value === search.credit_status)?.label),
    ...chip('refund_status', words.refund.find(({ value }) => value === search.refund_status)?.label),
    ...chip('currency', search.currency),
  ];
}
