import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Checkbox, Group, MultiSelect, Radio, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { CustomSectionAnswer } from '../../../shared/wire/custom-section.ts';
import type { PaymentProviderAnswer } from '../../../shared/wire/payment-provider.ts';
import { read } from '../../api-client.ts';
import type { CustomerFormParts } from './customer-editor.tsx';
import { FormPart } from './customer-form-fields.tsx';

/** Most that a document has room for. */
const MAX_METADATA = 5;

export function PaymentFields({ form, values, isNew }: CustomerFormParts): JSX.Element {
  const { t } = useLingui();
  const providers = useQuery({
    queryKey: ['payment_provider'],
    queryFn: ({ signal }) =>
      read<{ readonly payment_providers: readonly PaymentProviderAnswer[] }>('/api/v1/payment_providers', { signal }),
  });
  const known = providers.data?.payment_providers ?? [];
  const methods = [
    { value: 'card', label: t`Card` },
    { value: 'sepa_debit', label: t`SEPA direct debit` },
    { value: 'us_bank_account', label: t`US bank account` },
    { value: 'bacs_debit', label: t`Bacs direct debit` },
    { value: 'link', label: t`Link (with card)` },
    { value: 'boleto', label: t`Boleto` },
    { value: 'customer_balance', label: t`Bank transfer (alone)` },
  ];
  if (providers.isSuccess && known.length === 0 && values.payment_provider_code === null) {
    return (
      <FormPart title={t`Payment`}>
        <Text size="sm" c="dimmed">
          <Trans>No payment provider is connected: record payments on invoices by hand, or connect Stripe in the settings.</Trans>
        </Text>
      </FormPart>
    );
  }
  return (
    <FormPart title={t`Payment`}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t`Payment provider`}
          description={t`Empty: payments are recorded by hand.`}
          clearable
          data={known.map((provider) => ({ value: provider.code, label: provider.name }))}
          {...form.getInputProps('payment_provider_code')}
          key={form.key('payment_provider_code')}
        />
        {values.payment_provider_code !== null && (
          <>
            <TextInput
              label={t`Customer at the provider`}
              description={t`As cus_…; empty: it is made there.`}
              classNames={{ input: 'code' }}
              {...form.getInputProps('provider_customer_id')}
              key={form.key('provider_customer_id')}
            />
            <MultiSelect
              label={t`Payment methods`}
              size="xs"
              data={methods}
              {...form.getInputProps('provider_payment_methods')}
              key={form.key('provider_payment_methods')}
            />
            <Switch
              mt="lg"
              label={isNew ? t`Create the customer there` : t`Create the customer there if it is missing`}
              {...form.getInputProps('sync_with_provider', { type: 'checkbox' })}
              key={form.key('sync_with_provider')}
            />
          </>
        )}
      </SimpleGrid>
    </FormPart>
  );
}

export function SectionFields({ form, values }: CustomerFormParts): JSX.Element | null {
  const { t } = useLingui();
  const sections = useQuery({
    queryKey: ['invoice_custom_section', 'choices'],
    queryFn: ({ signal }) =>
      read<{ readonly invoice_custom_sections: readonly CustomSectionAnswer[] }>('/api/v1/invoice_custom_sections?per_page=1000', {
        signal,
      }),
  });
  const known = sections.data?.invoice_custom_sections ?? [];
  if (known.length === 0) return null;
  return (
    <FormPart title={t`Sections of documents`}>
      <Radio.Group aria-label={t`Sections of documents`} {...form.getInputProps('sections')} key={form.key('sections')}>
        <Stack gap={8}>
          <Radio value="organization" label={t`Those of the organization`} />
          <Radio value="own" label={t`Chosen for this customer`} />
          <Radio value="none" label={t`None`} />
        </Stack>
      </Radio.Group>
      {values.sections === 'own' && (
        <MultiSelect
          label={t`Chosen sections`}
          size="xs"
          data={known.map((section) => ({ value: section.code, label: section.name }))}
          {...form.getInputProps('invoice_custom_section_codes')}
          key={form.key('invoice_custom_section_codes')}
        />
      )}
    </FormPart>
  );
}

export function MetadataFields({ form, values }: CustomerFormParts): JSX.Element {
  const { t } = useLingui();
  return (
    <FormPart title={t`Metadata`}>
      {values.metadata.map((row, index) => {
        const place = String(index + 1);
        const path = (name: string): string => `metadata.${String(index)}.${name}`;
        return (
          <Group key={row.id === '' ? `new ${place}` : row.id} gap="sm" align="center">
            <TextInput
              aria-label={t`Key ${place}`}
              placeholder={t`Key`}
              maxLength={20}
              flex={1}
              {...form.getInputProps(path('key'))}
              key={form.key(path('key'))}
            />
            <TextInput
              aria-label={t`Value ${place}`}
              placeholder={t`Value`}
              maxLength={100}
              flex={2}
              {...form.getInputProps(path('value'))}
              key={form.key(path('value'))}
            />
            <Checkbox
              size="xs"
              label={t`On documents`}
              {...form.getInputProps(path('display_in_invoice'), { type: 'checkbox' })}
              key={form.key(path('display_in_invoice'))}
            />
            <ActionIcon aria-label={t`Remove entry ${place}`} onClick={() => form.removeListItem('metadata', index)}>
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        );
      })}
      {form.errors['metadata'] !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {form.errors['metadata']}
        </Text>
      )}
      {values.metadata.length < MAX_METADATA && (
        <div>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => form.insertListItem('metadata', { id: '', key: '', value: '', display_in_invoice: false })}
          >
            <Trans>Add an entry</Trans>
          </Button>
        </div>
      )}
    </FormPart>
  );
}
