import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, MultiSelect, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { InvoiceRow } from '../../../shared/internal/invoices.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { CURRENCIES } from '../../../shared/currency.ts';
import { queryOf, read } from '../../api-client.ts';
import type { FilterChip } from '../../components/list-page.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { decimalTextOf } from '../../format/amount-text.ts';
import { formatDay } from '../../format/dates.ts';
import { TYPE_WORDS } from './invoice-words.ts';

const FIRST_ORDER = { by: 'issuing_date', direction: 'desc' } as const;
const OFFERED_TYPES = ['subscription', 'one_off', 'add_on', 'credit', 'advance_charges'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const AMOUNT = /^\d{1,13}(\.\d{1,4})?$/;

/** Type, currency, and behind a button: days and amounts. */
export function InvoiceFilters(): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const search = useSearch({ from: '/shell/invoices' });
  const { change } = useListAddress(search, FIRST_ORDER);
  return (
    <>
      <MultiSelect
        aria-label={t`Type`}
        placeholder={(search.type ?? []).length === 0 ? t`Type` : ''}
        size="xs"
        w={150}
        value={[...(search.type ?? [])]}
        onChange={(type) => change({ type: type.length === 0 ? undefined : type })}
        data={OFFERED_TYPES.map((type) => ({ value: type, label: _(TYPE_WORDS[type]) }))}
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
      <Popover width={300} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <Button variant="default" leftSection={<IconFilter size={14} />}>
            <Trans>Days and amounts</Trans>
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            <Group grow gap="xs">
              <DayField label={t`Issued from`} name="from" />
              <DayField label={t`Issued to`} name="to" />
            </Group>
            <Group grow gap="xs">
              <AmountField label={t`Amount from`} name="min" />
              <AmountField label={t`Amount to`} name="max" />
            </Group>
            <Select
              label={t`Overdue`}
              clearable
              value={search.overdue ?? null}
              onChange={(overdue) => change({ overdue: overdue ?? undefined })}
              comboboxProps={{ withinPortal: false }}
              data={[
                { value: 'true', label: t`Overdue` },
                { value: 'false', label: t`Not overdue` },
              ]}
            />
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}

function DayField({ label, name }: { readonly label: string; readonly name: 'from' | 'to' }): JSX.Element {
  const search = useSearch({ from: '/shell/invoices' });
  const { change } = useListAddress(search, FIRST_ORDER);
  return (
    <TextInput
      type="date"
      label={label}
      defaultValue={search[name] ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (value === '' || DAY.test(value)) change({ [name]: value === '' ? undefined : value });
      }}
    />
  );
}

function AmountField({ label, name }: { readonly label: string; readonly name: 'min' | 'max' }): JSX.Element {
  const search = useSearch({ from: '/shell/invoices' });
  const { change } = useListAddress(search, FIRST_ORDER);
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      defaultValue={search[name] ?? ''}
      onChange={(event) => {
        const value = decimalTextOf(event.currentTarget.value);
        if (value === '' || AMOUNT.test(value)) change({ [name]: value === '' ? undefined : value });
      }}
    />
  );
}

/** The filters that are set, each with a way to take it away. */
export function useInvoiceChips(): readonly FilterChip[] {
  const { t } = useLingui();
  const { _ } = useI18n();
  const search = useSearch({ from: '/shell/invoices' });
  const { change } = useListAddress(search, FIRST_ORDER);
  const customer = useCustomerName(search.customer);
  const chip = (key: string, label: string): FilterChip => ({ key, label, onRemove: () => change({ [key]: undefined }) });
  const { from, to, min, max, currency } = search;
  return [
    ...(search.customer === undefined ? [] : [chip('customer', t`Customer: ${customer}`)]),
    ...(search.type ?? []).map((type) => ({
      key: `type ${type}`,
      label: _(TYPE_WORDS[type as InvoiceRow['invoice_type']]),
      onRemove: () => {
        const rest = (search.type ?? []).filter((one) => one !== type);
        change({ type: rest.length === 0 ? undefined : rest });
      },
    })),
    ...(currency === undefined ? [] : [chip('currency', currency)]),
    ...(from === undefined || !DAY.test(from) ? [] : [chip('from', t`From ${formatDay(from)}`)]),
    ...(to === undefined || !DAY.test(to) ? [] : [chip('to', t`To ${formatDay(to)}`)]),
    ...(min === undefined ? [] : [chip('min', t`At least ${min}`)]),
    ...(max === undefined ? [] : [chip('max', t`At most ${max}`)]),
    ...(search.overdue === undefined ? [] : [chip('overdue', search.overdue === 'true' ? t`Overdue` : t`Not overdue`)]),
  ];
}

/** The name is that of the customer's own rows: no other call knows it by our id alone. */
function useCustomerName(customerId: string | undefined): string {
  const first = useQuery({
    queryKey: ['invoice', 'customer-name', customerId],
    enabled: customerId !== undefined,
    queryFn: ({ signal }) =>
      read<ListAnswer<InvoiceRow>>(`/api/internal/lists/invoices${queryOf({ customer_id: customerId, limit: 1 })}`, { signal }),
  });
  return first.data?.rows[0]?.customer.name ?? customerId ?? '';
}
