import { Trans, useLingui } from '@lingui/react/macro';
import { Select } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { PaymentRow } from '../../../shared/internal/payments.ts';
import { CURRENCIES } from '../../../shared/currency.ts';
import { ListPage, type FilterChip } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { useListQuery } from '../../list-query.ts';
import { usePaymentColumns } from './payment-columns.tsx';
import { PaymentInspector } from './payment-inspector.tsx';
import { usePaymentStatusWords } from './payment-words.tsx';

const FIRST_ORDER = { by: 'created_at', direction: 'desc' } as const;
const STATUSES = ['pending', 'processing', 'succeeded', 'failed'] as const;

/** `/payments`. */
export function PaymentList(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/payments' });
  const address = useListAddress(search, FIRST_ORDER);
  const list = useListQuery<PaymentRow>({
    entity: 'payment',
    path: '/api/internal/lists/payments',
    filters: {
      sort: address.sort.by,
      direction: address.sort.direction,
      search: search.search,
      payment_status: search.status,
      type: search.type,
      currency: search.currency,
    },
  });
  const open = (row: PaymentRow): void => address.change({ open: row.lago_id });
  return (
    <ListPage
      title={t`Payments`}
      name="payments"
      list={list}
      columns={usePaymentColumns({ hasCustomer: true, hasInvoice: true, isNarrow: search.open !== undefined })}
      rowId={(row) => row.lago_id}
      sort={address.sort}
      onSort={address.onSort}
      onOpen={open}
      onQuickLook={open}
      openId={search.open}
      searchText={search.search ?? ''}
      searchLabel={t`Search invoice, reference or customer`}
      onSearch={address.onSearch}
      filters={<Filters />}
      chips={useChips()}
      onClearFilters={address.clear}
      exportPath="/api/internal/lists/payments.csv"
      beside={
        search.open === undefined ? undefined : <PaymentInspector id={search.open} onClose={() => address.change({ open: undefined })} />
      }
      whenEmpty={
        <NothingYet icon={<IconCash />} title={t`No payments yet`}>
          <Trans>A payment is an attempt to collect an invoice through Stripe, or money that you recorded on an invoice by hand.</Trans>
        </NothingYet>
      }
    />
  );
}

function Filters(): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/payments' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const words = usePaymentStatusWords();
  return (
    <>
      <Select
        aria-label={t`Status`}
        placeholder={t`Status`}
        w={130}
        clearable
        value={search.status ?? null}
        onChange={(status) => change({ status: status ?? undefined })}
        data={STATUSES.map((value) => ({ value, label: words[value] }))}
      />
      <Select
        aria-label={t`How`}
        placeholder={t`How`}
        w={120}
        clearable
        value={search.type ?? null}
        onChange={(type) => change({ type: type ?? undefined })}
        data={[
          { value: 'provider', label: t`Stripe` },
          { value: 'manual', label: t`By hand` },
        ]}
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
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/payments' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const words = usePaymentStatusWords();
  const status = STATUSES.find((one) => one === search.status);
  const chip = (key: string, label: string): FilterChip => ({ key, label, onRemove: () => change({ [key]: undefined }) });
  return [
    ...(status === undefined ? [] : [chip('status', words[status])]),
    ...(search.type === undefined ? [] : [chip('type', search.type === 'manual' ? t`By hand` : t`Stripe`)]),
    ...(search.currency === undefined ? [] : [chip('currency', search.currency)]),
  ];
}
