import { Trans, useLingui } from '@lingui/react/macro';
import { Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { TaxEndpointAnswer } from '../../../../shared/wire/tax.ts';
import { pathPart, read, send } from '../../../api-client.ts';
import { useSuggestedCode } from '../../../components/use-suggested-code.ts';
import { EditorPage } from '../../../components/editor-page.tsx';
import { StateBoundary } from '../../../components/states.tsx';
import { saveReversible } from '../../../components/undo.ts';

interface TaxValues extends Record<string, unknown> {
  readonly name: string;
  readonly code: string;
  /** Per cent, decimal text. */
  readonly rate: string;
  readonly description: string;
  readonly applied_to_organization: boolean;
}

const NEW_TAX: TaxValues = { name: '', code: '', rate: '', description: '', applied_to_organization: false };

/** `/settings/taxes/new`. */
export function NewTax(): JSX.Element {
  return <TaxForm tax={null} />;
}

/** `/settings/taxes/$code/edit`. */
export function EditTax(): JSX.Element {
  const { code } = useParams({ from: '/shell/settings/taxes/$code/edit' });
  const tax = useQuery({
    queryKey: ['tax', code],
    queryFn: ({ signal }) => read<{ readonly tax: TaxEndpointAnswer }>(`/api/v1/taxes/${pathPart(code)}`, { signal }),
  });
  return <StateBoundary query={tax}>{(answer) => <TaxForm key={answer.tax.lago_id} tax={answer.tax} />}</StateBoundary>;
}

function TaxForm({ tax }: { readonly tax: TaxEndpointAnswer | null }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const leave = (): void => void navigate({ to: '/settings/taxes' });
  const form = useForm<TaxValues>({ mode: 'uncontrolled', initialValues: tax === null ? NEW_TAX : valuesOf(tax) });
  const suggestCode = useSuggestedCode(form, tax === null);
  const save = (values: TaxValues): Promise<unknown> =>
    tax === null
      ? send('POST', '/api/v1/taxes', { tax: values })
      : saveReversible('PUT', `/api/v1/taxes/${pathPart(tax.code)}`, { body: { tax: values }, message: t`Saved “${values.name}”` });
  return (
    <EditorPage
      title={tax === null ? t`New tax` : tax.name}
      crumbs={[{ label: t`Taxes`, to: '/settings/taxes' }]}
      form={form}
      draftName={`tax ${tax?.lago_id ?? 'new'}`}
      saveLabel={tax === null ? t`Add tax` : t`Save tax`}
      onSave={save}
      onSaved={leave}
      onLeave={leave}
    >
      <Stack maw={460}>
        <TextInput
          label={t`Name`}
          required
          {...form.getInputProps('name')}
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
          {...form.getInputProps('code')}
          key={form.key('code')}
        />
        <TextInput
          label={t`Rate`}
          required
          inputMode="decimal"
          rightSection={<Text size="xs">%</Text>}
          {...form.getInputProps('rate')}
          key={form.key('rate')}
        />
        <Textarea label={t`Description`} autosize minRows={2} {...form.getInputProps('description')} key={form.key('description')} />
        <Switch
          label={t`Applies to every customer without taxes of their own`}
          {...form.getInputProps('applied_to_organization', { type: 'checkbox' })}
          key={form.key('applied_to_organization')}
        />
        {tax !== null && (
          <Text size="xs" c="dimmed">
            <Trans>Drafts take the new rate. Final invoices stay as they are.</Trans>
          </Text>
        )}
      </Stack>
    </EditorPage>
  );
}

function valuesOf(tax: TaxEndpointAnswer): TaxValues {
  return {
    name: tax.name,
    code: tax.code,
    rate: String(tax.rate),
    description: tax.description ?? '',
    applied_to_organization: tax.applied_to_organization,
  };
}
