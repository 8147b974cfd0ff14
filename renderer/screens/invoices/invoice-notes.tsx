import { Trans } from '@lingui/react/macro';
import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { Money } from '../../components/values.tsx';

/** Why an invoice could not be made. */
export function FailedNote({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  return (
    <Alert
      color="red"
      variant="outline"
      styles={{ title: { color: 'var(--ink-red)' } }}
      icon={<IconAlertTriangle />}
      title={<Trans>This invoice could not be made</Trans>}
    >
      <List size="sm" listStyleType="none">
        {facts.invoice.error_details.map((error) => (
          <List.Item key={error.lago_id}>{messageOf(error.details) ?? error.error_code}</List.Item>
        ))}
      </List>
      <Text size="sm" mt={6}>
        <Trans>Mend what it names, then try again with “Make it again”.</Trans>
      </Text>
    </Alert>
  );
}

function messageOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('message' in details)) return null;
  return typeof details.message === 'string' ? details.message : null;
}

/** A hosted page and an automatic payment both went through: the second one is kept, and told. */
export function OverpaidNote({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  const { invoice } = facts;
  return (
    <Alert
      color="yellow"
      variant="outline"
      styles={{ title: { color: 'var(--ink-amber)' } }}
      icon={<IconAlertTriangle />}
      title={<Trans>More was paid than was due</Trans>}
    >
      <Text size="sm" component="div">
        <Trans>
          <Money cents={invoice.total_paid_amount_cents} currency={invoice.currency} /> came in for a total of{' '}
          <Money cents={invoice.total_amount_cents} currency={invoice.currency} />. Give the rest back at the payment provider.
        </Trans>
      </Text>
    </Alert>
  );
}
