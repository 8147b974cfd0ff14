import { Trans, useLingui } from '@lingui/react/macro';
import { MultiSelect, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { AddOnAnswer } from '../../../shared/wire/add-on.ts';
import type { OrganizationAnswer } from '../../../shared/wire/organization.ts';
import type { TaxAnswer } from '../../../shared/wire/tax.ts';
import { pathPart, read, send } from '../../api-client.ts';
import { useSuggestedCode } from '../../components/use-suggested-code.ts';
import { EditorPage } from '../../components/editor-page.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { saveReversible } from '../../components/undo.ts';
import { amountTextOf, centsInputOf } from '../../format/amount-text.ts';
import { currencySign } from '../../format/money.ts';
import { currencyChoices } from '../customers/places.ts';
import { useAddOn } from './use-add-on.ts';

interface AddOnValues extends Record<string, unknown> {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly invoice_display_name: string;
  /** In currency units. */
  readonly amount: string;
  readonly currency: string;
  readonly tax_codes: string[];
}

/** `/add-ons/new`. Rule: ui.md § 4.5. */
export function NewAddOn(): JSX.Element {
  const organization = useQuery({
    queryKey: ['organization'],
    queryFn: ({ signal }) => read<{ readonly organization: OrganizationAnswer }>('/api/v1/organizations', { signal }),
  });
  return (
    <StateBoundary query={organization}>
      {(known) => <AddOnForm addOn={null} currency={known.organization.default_currency} />}
    </StateBoundary>
  );
}

/** `/add-ons/$id/edit`. */
export function EditAddOn(): JSX.Element {
  const { id } = useParams({ from: '/shell/add-ons/$id/edit' });
  const page = useAddOn(id);
  return (
    <StateBoundary query={page}>
      {({ add_on: addOn }) => <AddOnForm key={id} addOn={addOn} currency={addOn.amount_currency} />}
    </StateBoundary>
  );
}

function AddOnForm({ addOn, currency }: { readonly addOn: AddOnAnswer | null; readonly currency: string }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [savedId, setSavedId] = useState<string | null>(addOn?.lago_id ?? null);
  const [initial] = useState(() => valuesOf(addOn, currency));
  const [values, setValues] = useState(initial);
  const form = useForm<AddOnValues>({ mode: 'uncontrolled', initialValues: initial, onValuesChange: setValues });
  const suggestCode = useSuggestedCode(form, addOn === null);
  const save = async (sent: AddOnValues): Promise<void> => {
    const body = { add_on: bodyOf(sent) };
    if (addOn !== null) {
      await saveReversible('PUT', `/api/v1/add_ons/${pathPart(addOn.code)}`, { body, message: t`Saved “${sent.name}”` });
      return;
    }
    const made = await send<{ readonly add_on: AddOnAnswer }>('POST', '/api/v1/add_ons', body);
    setSavedId(made.add_on.lago_id);
  };
  const leave = (): void => {
    if (savedId === null) void navigate({ to: '/add-ons' });
    else void navigate({ to: '/add-ons/$id', params: { id: savedId } });
  };
  const currencies = useMemo(currencyChoices, []);
  const input = (path: string) => form.getInputProps(path);
  return (
    <EditorPage
      title={addOn === null ? t`New add-on` : addOn.name}
      crumbs={[{ label: t`Add-ons`, to: '/add-ons' }]}
      form={form}
      draftName={`add_on ${addOn?.lago_id ?? 'new'}`}
      saveLabel={addOn === null ? t`Add add-on` : t`Save add-on`}
      onSave={save}
      onSaved={leave}
      onLeave={leave}
      pathOf={(path) => ({ amount_cents: 'amount', amount_currency: 'currency' })[path] ?? path}
    >
      <Stack maw={520}>
        <TextInput
          label={t`Name`}
          required
          {...input('name')}
          key={form.key('name')}
          onInput={(event) => {
            suggestCode(event.currentTarget.value);
          }}
        />
        <TextInput
          label={t`Code`}
          description={t`How the API calls it.`}
          required
          classNames={{ input: 'code' }}
          {...input('code')}
          key={form.key('code')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t`Amount`}
            required
            inputMode="decimal"
            leftSection={<Text size="xs">{currencySign(values.currency)}</Text>}
            {...input('amount')}
            key={form.key('amount')}
          />
          <Select
            label={t`Currency`}
            required
            searchable
            allowDeselect={false}
            data={currencies}
            {...input('currency')}
            key={form.key('currency')}
          />
        </SimpleGrid>
        <TextInput
          label={t`Name on invoices`}
          description={t`Left empty: its name.`}
          {...input('invoice_display_name')}
          key={form.key('invoice_display_name')}
        />
        <Textarea size="xs" label={t`Description`} autosize minRows={2} {...input('description')} key={form.key('description')} />
        <TaxField input={input('tax_codes')} fieldKey={form.key('tax_codes')} />
        <Text size="xs" c="dimmed">
          {addOn === null ? (
            <Trans>Nothing is billed until it is applied to a customer; amount and units can be others then.</Trans>
          ) : (
            <Trans>Invoices that were made with it keep what they were made with.</Trans>
          )}
        </Text>
      </Stack>
    </EditorPage>
  );
}

interface TaxFieldProps {
  readonly input: object;
  readonly fieldKey: string;
}

function TaxField({ input, fieldKey }: TaxFieldProps): JSX.Element | null {
  const { t } = useLingui();
  const known = useQuery({
    queryKey: ['tax', 'all'],
    queryFn: ({ signal }) => read<{ readonly taxes: readonly TaxAnswer[] }>('/api/v1/taxes?per_page=1000', { signal }),
  });
  const taxes = known.data?.taxes ?? [];
  if (taxes.length === 0) return null;
  return (
    <MultiSelect
      label={t`Taxes of its own`}
      description={t`Left empty: the customer’s.`}
      size="xs"
      data={taxes.map((tax) => ({ value: tax.code, label: tax.name }))}
      {...input}
      key={fieldKey}
    />
  );
}

function valuesOf(addOn: AddOnAnswer | null, currency: string): AddOnValues {
  return {
    name: addOn?.name ?? '',
    code: addOn?.code ?? '',
    description: addOn?.description ?? '',
    invoice_display_name: addOn?.invoice_display_name ?? '',
    amount: addOn === null ? '' : amountTextOf(addOn.amount_cents, addOn.amount_currency),
    currency,
    tax_codes: addOn === null ? [] : addOn.taxes.map(({ code }) => code),
  };
}

function bodyOf(values: AddOnValues): Readonly<Record<string, unknown>> {
  const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text);
  return {
    name: values.name,
    code: values.code.trim(),
    description: textOrNull(values.description),
    invoice_display_name: textOrNull(values.invoice_display_name),
    amount_cents: centsInputOf(values.amount, values.currency),
    amount_currency: values.currency,
    tax_codes: values.tax_codes,
  };
}
