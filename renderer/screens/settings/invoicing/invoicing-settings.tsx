import { Trans, useLingui } from '@lingui/react/macro';
import { NumberInput, Select, SimpleGrid, Stack, Switch, Textarea, TextInput, Title } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState, type JSX } from 'react';
import type { OrganizationAnswer } from '../../../../shared/wire/organization.ts';
import { EditorPage } from '../../../components/editor-page.tsx';
import { LoadingRows, StateBoundary } from '../../../components/states.tsx';
import { saveReversible } from '../../../components/undo.ts';
import { useFollowServer } from '../follow-server.ts';
import { orNull, useOrganization, type OrganizationRead } from '../organization-query.ts';
import { languageChoices } from '../places.ts';
import { SettingsTabs } from '../settings-tabs.tsx';
import { CustomSections } from './custom-sections.tsx';

const InvoicePreview = lazy(async () => ({ default: (await import('./invoice-preview.tsx')).InvoicePreview }));

/** A document takes a moment: not one for each letter. */
const PREVIEW_DELAY_MS = 500;

interface InvoicingValues extends Record<string, unknown> {
  readonly document_numbering: 'per_customer' | 'per_organization';
  readonly document_number_prefix: string;
  readonly net_payment_term: number | string;
  readonly invoice_grace_period: number | string;
  readonly finalize_zero_amount_invoice: boolean;
  readonly invoice_footer: string;
  readonly document_locale: string;
}

/** `/settings/invoicing`: how invoices are numbered, when they are due, and what they look like. */
export function InvoicingSettings(): JSX.Element {
  const [version, setVersion] = useState(0);
  return (
    <StateBoundary query={useOrganization()} rows={10}>
      {({ organization }) => <InvoicingForm key={version} organization={organization} onRenewed={() => setVersion((one) => one + 1)} />}
    </StateBoundary>
  );
}

interface InvoicingFormProps {
  readonly organization: OrganizationAnswer;
  readonly onRenewed: () => void;
}

function InvoicingForm({ organization, onRenewed }: InvoicingFormProps): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const values = valuesOf(organization);
  const form = useForm<InvoicingValues>({ mode: 'controlled', initialValues: values });
  useFollowServer(form, values);
  const [draft] = useDebouncedValue(form.values, PREVIEW_DELAY_MS);
  const save = async (changed: InvoicingValues): Promise<void> => {
    const body = { organization: inputOf(changed) };
    const saved = await saveReversible<OrganizationRead>('PUT', '/api/v1/organizations', { body, message: t`Saved how invoices are made` });
    queries.setQueryData(['organization'], saved);
  };
  return (
    <EditorPage
      title={t`Invoicing`}
      crumbs={[]}
      banner={<SettingsTabs />}
      form={form}
      draftName="invoicing"
      saveLabel={t`Save`}
      onSave={save}
      onSaved={onRenewed}
      onLeave={() => {
        form.reset();
        onRenewed();
      }}
      effectWidth={520}
      effect={
        <Suspense fallback={<LoadingRows rows={10} />}>
          <InvoicePreview draft={inputOf(draft)} />
        </Suspense>
      }
    >
      <Stack maw={520} gap="md">
        <NumberFields form={form} />
        <TermFields form={form} />
        <TextFields form={form} />
        <CustomSections />
      </Stack>
    </EditorPage>
  );
}

type InvoicingFormState = UseFormReturnType<InvoicingValues>;

function NumberFields({ form }: { readonly form: InvoicingFormState }): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <Title order={2}>
        <Trans>Numbers</Trans>
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label={t`Numbering`}
          allowDeselect={false}
          data={[
            { value: 'per_customer', label: t`One sequence per customer` },
            { value: 'per_organization', label: t`One sequence for all, by month` },
          ]}
          {...form.getInputProps('document_numbering')}
        />
        <TextInput
          label={t`Prefix`}
          maxLength={10}
          required
          classNames={{ input: 'code' }}
          {...form.getInputProps('document_number_prefix')}
        />
      </SimpleGrid>
    </>
  );
}

function TermFields({ form }: { readonly form: InvoicingFormState }): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <Title order={2}>
        <Trans>Terms</Trans>
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <NumberInput
          label={t`Days to pay`}
          description={t`From the issuing date. 0: due at once.`}
          min={0}
          allowDecimal={false}
          {...form.getInputProps('net_payment_term')}
        />
        <NumberInput
          label={t`Grace period in days`}
          description={t`So long an invoice stays a draft that late events still enter.`}
          min={0}
          allowDecimal={false}
          {...form.getInputProps('invoice_grace_period')}
        />
      </SimpleGrid>
      <Switch
        label={t`Make invoices of 0, too`}
        description={t`Switched off, a period without anything to pay ends without an invoice.`}
        {...form.getInputProps('finalize_zero_amount_invoice', { type: 'checkbox' })}
      />
    </>
  );
}

function TextFields({ form }: { readonly form: InvoicingFormState }): JSX.Element {
  const { t } = useLingui();
  const languages = useMemo(languageChoices, []);
  const letters = String([...form.values.invoice_footer].length);
  return (
    <>
      <Title order={2}>
        <Trans>Text</Trans>
      </Title>
      <Select
        label={t`Language`}
        description={t`Of documents for customers without one of their own.`}
        allowDeselect={false}
        data={languages}
        {...form.getInputProps('document_locale')}
      />
      <Textarea
        label={t`Footer`}
        description={t`${letters} of 600 letters. Line breaks are kept.`}
        autosize
        minRows={3}
        maxRows={8}
        {...form.getInputProps('invoice_footer')}
      />
    </>
  );
}

function valuesOf(organization: OrganizationAnswer): InvoicingValues {
  const { billing_configuration: billing } = organization;
  return {
    document_numbering: organization.document_numbering,
    document_number_prefix: organization.document_number_prefix,
    net_payment_term: organization.net_payment_term,
    invoice_grace_period: billing.invoice_grace_period,
    finalize_zero_amount_invoice: organization.finalize_zero_amount_invoice,
    invoice_footer: billing.invoice_footer ?? '',
    document_locale: billing.document_locale,
  };
}

function inputOf(values: InvoicingValues): Readonly<Record<string, unknown>> {
  return {
    document_numbering: values.document_numbering,
    document_number_prefix: values.document_number_prefix,
    net_payment_term: values.net_payment_term,
    finalize_zero_amount_invoice: values.finalize_zero_amount_invoice,
    billing_configuration: {
      invoice_footer: orNull(values.invoice_footer),
      invoice_grace_period: values.invoice_grace_period,
      document_locale: values.document_locale,
    },
  };
}
