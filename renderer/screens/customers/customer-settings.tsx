import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { CustomerWithLocksAnswer } from '../../../shared/internal/customers.ts';
import { pathPart, send } from '../../api-client.ts';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { CopyId } from '../../components/values.tsx';
import { formatRate, formatUnits } from '../../format/money.ts';
import { useOrganization } from './customer-form-fields.tsx';
import { customerName } from './customer-name.ts';
import { DeleteCustomerPanel } from './delete-customer-panel.tsx';
import { Facts, type Fact } from './facts.tsx';
import { languageName } from './places.ts';
import { useCustomer } from './use-customer.ts';

/** `/customers/$id/settings`: how it is billed, its payment provider, its metadata; and its end. */
export function CustomerSettings(): JSX.Element {
  const customer = useCustomer();
  return (
    <Stack px="lg" py="md" gap="lg" maw={760}>
      <StateBoundary query={customer} rows={8}>
        {(known) => (
          <>
            <BillingSettings known={known} />
            <PaymentSettings known={known} />
            <Metadata known={known} />
            <EndOfCustomer known={known} />
          </>
        )}
      </StateBoundary>
    </Stack>
  );
}

interface PartProps {
  readonly known: CustomerWithLocksAnswer;
}

function BillingSettings({ known: { customer, own_custom_section_codes: ownSections } }: PartProps): JSX.Element {
  const { t } = useLingui();
  const organization = useOrganization().data?.organization;
  const billing = customer.billing_configuration;
  const days = (own: number | null, inherited: number | null | undefined): string => {
    if (own !== null) return t`${formatUnits(own)} days`;
    return t`${formatUnits(inherited ?? 0)} days, as the organization has it`;
  };
  const zeroInvoices = { inherit: t`as the organization does`, finalize: t`are made`, skip: t`are left out` };
  const sections = customer.applicable_invoice_custom_sections.map((section) => section.name).join(', ');
  const facts: readonly Fact[] = [
    { label: t`Payment term`, value: days(customer.net_payment_term, organization?.net_payment_term) },
    { label: t`Grace period`, value: days(billing.invoice_grace_period, organization?.billing_configuration.invoice_grace_period) },
    {
      label: t`Taxes`,
      value:
        customer.taxes.length === 0
          ? t`those of the organization`
          : customer.taxes.map((tax) => `${tax.name} ${formatRate(tax.rate)}`).join(', '),
    },
    {
      label: t`Language of documents`,
      value:
        billing.document_locale === null
          ? t`${languageName(organization?.billing_configuration.document_locale ?? 'en')}, as the organization has it`
          : languageName(billing.document_locale),
    },
    {
      label: t`Time zone`,
      value: customer.timezone === null ? t`${customer.applicable_timezone}, as the organization has it` : customer.timezone,
    },
    { label: t`Invoices of zero`, value: zeroInvoices[customer.finalize_zero_amount_invoice] },
    {
      label: t`Sections of documents`,
      value: customer.skip_invoice_custom_sections ? t`none` : ownSections.length > 0 || sections !== '' ? sections : null,
    },
  ];
  return (
    <Stack gap="xs" component="section">
      <Group justify="space-between">
        <Title order={2}>
          <Trans>Billing</Trans>
        </Title>
        <Button variant="default" renderRoot={(props) => <Link to="/customers/$id/edit" params={{ id: customer.lago_id }} {...props} />}>
          <Trans>Change</Trans>
        </Button>
      </Group>
      <Facts facts={facts} />
    </Stack>
  );
}

function PaymentSettings({ known: { customer } }: PartProps): JSX.Element {
  const { t } = useLingui();
  const billing = customer.billing_configuration;
  const link = useMutation({
    mutationFn: () =>
      send<{ readonly customer: { readonly checkout_url: string } }>(
        'POST',
        `/api/v1/customers/${pathPart(customer.external_id)}/checkout_url`,
      ),
  });
  const url = link.data?.customer.checkout_url;
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>
        <Trans>Payment</Trans>
      </Title>
      {billing.payment_provider === null ? (
        <Text size="sm" c="dimmed">
          <Trans>No payment provider: payments are recorded on invoices by hand.</Trans>
        </Text>
      ) : (
        <>
          <Facts
            facts={[
              { label: t`Provider`, value: `${billing.payment_provider} (${billing.payment_provider_code ?? ''})` },
              {
                label: t`Customer there`,
                value:
                  billing.provider_customer_id === null || billing.provider_customer_id === undefined ? null : (
                    <CopyId value={billing.provider_customer_id} label={t`customer id at the provider`} />
                  ),
              },
              { label: t`Payment methods`, value: (billing.provider_payment_methods ?? []).join(', ').replaceAll('_', ' ') },
            ]}
          />
          <Group gap="sm">
            <Button variant="default" loading={link.isPending} onClick={() => link.mutate()}>
              <Trans>Make a link to enter a payment method</Trans>
            </Button>
            {url !== undefined && (
              <Anchor href={url} target="_blank" rel="noreferrer">
                <Trans>Open the link</Trans>
              </Anchor>
            )}
          </Group>
          {link.error !== null && <RefusedNote error={link.error} />}
        </>
      )}
    </Stack>
  );
}

function Metadata({ known: { customer } }: PartProps): JSX.Element | null {
  if (customer.metadata.length === 0) return null;
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>
        <Trans>Metadata</Trans>
      </Title>
      <Facts facts={customer.metadata.map((row) => ({ label: row.key, value: row.value }))} />
    </Stack>
  );
}

function EndOfCustomer({ known: { customer } }: PartProps): JSX.Element {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>
        <Trans>Delete this customer</Trans>
      </Title>
      <Text size="sm" c="dimmed">
        <Trans>Its subscriptions end and are billed to the day. What was billed stays in the books.</Trans>
      </Text>
      <div>
        <Button variant="default" c="var(--ink-red)" onClick={() => setOpen(true)}>
          <Trans>Delete…</Trans>
        </Button>
      </div>
      <DeleteCustomerPanel
        opened={isOpen}
        onClose={() => setOpen(false)}
        onDeleted={() => void navigate({ to: '/customers' })}
        customer={{ id: customer.lago_id, externalId: customer.external_id, name: customerName(customer) }}
      />
    </Stack>
  );
}
