import { Trans, useLingui } from '@lingui/react/macro';
import { Paper, Stack, Text, Title } from '@mantine/core';
import type { JSX } from 'react';
import { countryName, languageName } from './places.ts';
import { useOrganization } from './customer-form-fields.tsx';
import type { CustomerValues } from './customer-values.ts';

/** How documents will address the customer, and by which clock and terms it is billed. */
export function CustomerDocumentCard({ values }: { readonly values: CustomerValues }): JSX.Element {
  const { t } = useLingui();
  const organization = useOrganization().data?.organization;
  const person = [values.firstname, values.lastname].filter((part) => part !== '').join(' ');
  const name = [values.legal_name, values.name, person].find((text) => text.trim() !== '') ?? '';
  const lines = [
    values.legal_number,
    values.address_line1,
    values.address_line2,
    [values.zipcode, values.city].filter((part) => part !== '').join(' '),
    values.state,
    values.country === null ? '' : countryName(values.country),
    values.email,
    values.tax_identification_number,
  ].filter((line) => line.trim() !== '');
  const zone = values.timezone ?? organization?.timezone ?? 'UTC';
  const locale = values.document_locale ?? organization?.billing_configuration.document_locale ?? 'en';
  const term = values.net_payment_term.trim() === '' ? String(organization?.net_payment_term ?? 0) : values.net_payment_term;
  return (
    <Stack gap="sm">
      <Title order={2}>
        <Trans>On documents</Trans>
      </Title>
      <Paper withBorder p="md">
        <Text size="xs" c="dimmed">
          <Trans>Bill to</Trans>
        </Text>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{name === '' ? t`Without a name` : name}</bdi>
        </Text>
        {lines.map((line, index) => (
          <Text key={index} size="sm" style={{ overflowWrap: 'anywhere' }}>
            <bdi>{line}</bdi>
          </Text>
        ))}
      </Paper>
      <Text size="sm">
        <Trans>
          Written in {languageName(locale)}, due {term} days after the invoice’s date.
        </Trans>
      </Text>
      <Text size="sm">
        <Trans>Days and billing periods begin at midnight in {zone}.</Trans>
      </Text>
      <Text size="xs" c="dimmed">
        <Trans>Final invoices keep what they show. Changes count for drafts and for what comes.</Trans>
      </Text>
    </Stack>
  );
}
