import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Select, Stack, Switch, TextInput, Title } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type JSX } from 'react';
import type { CustomerRow, CustomerWithLocksAnswer } from '../../../shared/internal/customers.ts';
import type { EffectsAnswer } from '../../../shared/internal/effects.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { CURRENCIES } from '../../../shared/currency.ts';
import type { AddOnAnswer } from '../../../shared/wire/add-on.ts';
import type { TaxEndpointAnswer } from '../../../shared/wire/tax.ts';
import { pathPart, queryOf, read, send } from '../../api-client.ts';
import { EditorPage } from '../../components/editor-page.tsx';
import { formatMoney } from '../../format/money.ts';
import { EffectPreview } from '../effects/effect-preview.tsx';
import { useEffectPreview } from '../effects/use-effect-preview.ts';
import { emptyFee, newOneOff, pathOf, requestOf, type OneOffValues } from './one-off-values.ts';
import { OneOffLine } from './one-off-line.tsx';

const OFFERED = 100;

/** `/invoices/new`: add-ons on an invoice that is final at once. */
export function NewInvoice(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const madeId = useRef<string | null>(null);
  const form = useForm<OneOffValues>({ mode: 'controlled', initialValues: newOneOff() });
  const customer = useChosenCustomer(form);
  const addOns = useQuery({
    queryKey: ['add_on', 'offered'],
    queryFn: ({ signal }) =>
      read<{ readonly add_ons: readonly AddOnAnswer[] }>(`/api/v1/add_ons${queryOf({ per_page: OFFERED })}`, { signal }),
  });
  const taxes = useQuery({
    queryKey: ['tax', 'offered'],
    queryFn: ({ signal }) =>
      read<{ readonly taxes: readonly TaxEndpointAnswer[] }>(`/api/v1/taxes${queryOf({ per_page: OFFERED })}`, { signal }),
  });
  const organization = useQuery({
    queryKey: ['organization', 'currency'],
    queryFn: ({ signal }) => read<{ readonly organization: { readonly default_currency: string } }>('/api/v1/organizations', { signal }),
  });
  const ownCurrency = customer?.currency ?? organization.data?.organization.default_currency ?? 'USD';
  const currency = form.values.currency === '' ? ownCurrency : form.values.currency;
  const request = requestOf(form.values, currency);
  const effect = useEffectPreview<EffectsAnswer>('one_off', request === null ? null : { invoice: request });
  const made = effect.answer?.invoices[0];
  const total = made === undefined || !effect.isReady ? null : formatMoney(made.total_amount_cents, made.currency);
  const offered = addOns.data?.add_ons ?? [];
  return (
    <EditorPage
      title={t`New one-off invoice`}
      crumbs={[{ label: t`Invoices`, to: '/invoices' }]}
      form={form}
      draftName="invoice new"
      saveLabel={total === null ? t`Issue invoice` : t`Issue invoice of ${total}`}
      pathOf={pathOf}
      onSave={async () => {
        const answer = await send<{ readonly invoice: { readonly lago_id: string } }>('POST', '/api/v1/invoices', {
          invoice: request ?? {},
        });
        madeId.current = answer.invoice.lago_id;
      }}
      onSaved={() => {
        const { current: id } = madeId;
        void (id === null ? navigate({ to: '/invoices' }) : navigate({ to: '/invoices/$id', params: { id } }));
      }}
      onLeave={() => void navigate({ to: '/invoices' })}
      effect={<EffectPreview effect={effect} whenIdle={<Trans>Choose a customer and an add-on to see the invoice.</Trans>} />}
    >
      <Stack gap="lg" maw={720}>
        <HeadFields form={form} ownCurrency={ownCurrency} customer={customer} />
        <section aria-label={t`Lines`}>
          <Title order={2} fz="md" mb="xs">
            <Trans>Lines</Trans>
          </Title>
          {addOns.isSuccess && offered.length === 0 && <NoAddOns />}
          <Stack gap="sm">
            {form.values.fees.map((fee, index) => (
              <OneOffLine
                key={fee.key}
                form={form}
                index={index}
                currency={currency}
                addOns={offered}
                taxes={taxes.data?.taxes ?? []}
                canRemove={form.values.fees.length > 1}
              />
            ))}
          </Stack>
          <Button variant="default" mt="sm" leftSection={<IconPlus size={14} />} onClick={() => form.insertListItem('fees', emptyFee())}>
            <Trans>Add a line</Trans>
          </Button>
        </section>
      </Stack>
    </EditorPage>
  );
}

interface ChosenCustomer {
  readonly external_id: string;
  readonly name: string;
  readonly currency: string | null;
}

/** The customer of the address, as the link of its page gives it, or the one that was chosen here. */
function useChosenCustomer(form: UseFormReturnType<OneOffValues>): ChosenCustomer | null {
  const { customer: id } = useSearch({ from: '/shell/invoices/new' });
  const given = useQuery({
    queryKey: ['customer', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => read<CustomerWithLocksAnswer>(`/api/internal/customers/${pathPart(id ?? '')}`, { signal }),
  });
  const { external_customer_id: chosen } = form.values;
  const named = useQuery({
    queryKey: ['customer', 'by-external-id', chosen],
    enabled: chosen !== '',
    queryFn: ({ signal }) => read<Pick<CustomerWithLocksAnswer, 'customer'>>(`/api/v1/customers/${pathPart(chosen)}`, { signal }),
  });
  const externalId = given.data?.customer.external_id;
  useEffect(() => {
    if (externalId !== undefined && chosen === '') form.setInitialValues({ ...form.values, external_customer_id: externalId });
    if (externalId !== undefined && chosen === '') form.setFieldValue('external_customer_id', externalId);
  }, [externalId]);
  const found = named.data?.customer;
  return found === undefined ? null : { external_id: found.external_id, name: found.name ?? found.external_id, currency: found.currency };
}

interface HeadFieldsProps {
  readonly form: UseFormReturnType<OneOffValues>;
  readonly ownCurrency: string;
  readonly customer: ChosenCustomer | null;
}

function HeadFields({ form, ownCurrency, customer }: HeadFieldsProps): JSX.Element {
  const { t } = useLingui();
  return (
    <Stack gap="sm">
      <CustomerField form={form} customer={customer} />
      <Group grow align="flex-start">
        <Select
          label={t`Currency`}
          description={t`The customer’s unless chosen.`}
          placeholder={ownCurrency}
          clearable
          searchable
          data={[...CURRENCIES]}
          value={form.values.currency === '' ? null : form.values.currency}
          onChange={(currency) => form.setFieldValue('currency', currency ?? '')}
          error={form.errors['currency']}
          data-path="currency"
        />
        <TextInput
          label={t`Purchase order number`}
          description={t`Stands on the document.`}
          {...form.getInputProps('purchase_order_number')}
        />
      </Group>
      <Switch
        label={t`Do not collect it automatically`}
        description={t`Otherwise a customer with a payment provider is charged at once.`}
        {...form.getInputProps('skip_psp', { type: 'checkbox' })}
      />
    </Stack>
  );
}

const TYPING_MS = 200;

function CustomerField({ form, customer }: Pick<HeadFieldsProps, 'form' | 'customer'>): JSX.Element {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, TYPING_MS);
  const found = useQuery({
    queryKey: ['customer', 'picker', search],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      read<ListAnswer<CustomerRow>>(`/api/internal/lists/customers${queryOf({ search, sort: 'name', limit: 20 })}`, { signal }),
  });
  const rows = (found.data?.rows ?? []).map((row) => ({ value: row.external_id, label: row.name ?? row.external_id }));
  const isListed = customer === null || rows.some(({ value }) => value === customer.external_id);
  const options = isListed ? rows : [{ value: customer.external_id, label: customer.name }, ...rows];
  return (
    <Select
      label={t`Customer`}
      required
      searchable
      data={options}
      filter={({ options: all }) => all}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t`No such customer`}
      value={form.values.external_customer_id === '' ? null : form.values.external_customer_id}
      onChange={(value) => form.setFieldValue('external_customer_id', value ?? '')}
      error={form.errors['external_customer_id']}
      data-path="external_customer_id"
    />
  );
}

function NoAddOns(): JSX.Element {
  return (
    <Alert color="yellow" variant="outline" mb="sm">
      <Trans>
        A one-off invoice is made of add-ons, and there is none yet. <Link to="/add-ons/new">Add an add-on</Link> first; its price can be
        changed on the invoice.
      </Trans>
    </Alert>
  );
}
