import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import type {
  CustomerOverviewAnswer,
  CustomerSubscriptionAnswer,
  NextInvoiceAnswer,
  NextInvoicesAnswer,
} from '../../../shared/internal/customers.ts';
import type { CustomerAnswer } from '../../../shared/wire/customer.ts';
import { read } from '../../api-client.ts';
import { LoadingRows, StateBoundary } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Code, Day, Money, Nothing, Time } from '../../components/values.tsx';
import { useLiveUsage } from '../usage/use-live-usage.ts';
import { Facts, type Fact } from './facts.tsx';
import { countryName, languageName } from './places.ts';
import { CustomerTimeline } from './customer-timeline.tsx';
import { UnpaidAmounts } from './unpaid-amounts.tsx';
import { useCustomer } from './use-customer.ts';

/** A preview of every next invoice costs more than reading numbers. */
const PREVIEW_PAUSE_MS = 8_000;

/** `/customers/$id/overview`. */
export function CustomerOverview(): JSX.Element {
  const { id } = useParams({ from: '/shell/customer/customers/$id/overview' });
  const customer = useCustomer();
  const overview = useQuery({
    queryKey: ['customer', id, 'overview'],
    queryFn: ({ signal }) => read<CustomerOverviewAnswer>(`/api/internal/customers/${id}/overview`, { signal }),
  });
  const timeZone = customer.data?.customer.applicable_timezone ?? null;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" px="lg" py="md">
      <Stack gap="lg" miw={0}>
        <StateBoundary query={overview} rows={6}>
          {(answer) => (
            <>
              <Stack gap="xs" component="section">
                <Title order={2}>
                  <Trans>Unpaid</Trans>
                </Title>
                <Unpaid overview={answer} />
              </Stack>
              <Stack gap="xs" component="section">
                <Title order={2}>
                  <Trans>Subscriptions</Trans>
                </Title>
                <Subscriptions customerId={id} rows={answer.subscriptions} timeZone={timeZone} />
              </Stack>
            </>
          )}
        </StateBoundary>
        {customer.data === undefined ? <LoadingRows rows={4} /> : <Identity customer={customer.data.customer} />}
      </Stack>
      <Stack gap="xs" miw={0} component="section">
        <Title order={2}>
          <Trans>What happened</Trans>
        </Title>
        <CustomerTimeline customerId={id} timeZone={timeZone} />
      </Stack>
    </SimpleGrid>
  );
}

function Unpaid({ overview: { unpaid } }: { readonly overview: CustomerOverviewAnswer }): JSX.Element {
  if (unpaid.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>Nothing is owed.</Trans>
      </Text>
    );
  }
  return (
    <Text fz="lg" fw={600} component="div">
      <UnpaidAmounts unpaid={unpaid} />
    </Text>
  );
}

interface SubscriptionsProps {
  readonly customerId: string;
  readonly rows: readonly CustomerSubscriptionAnswer[];
  readonly timeZone: string | null;
}

function Subscriptions({ customerId, rows, timeZone }: SubscriptionsProps): JSX.Element {
  const { t } = useLingui();
  const next = useQuery({
    queryKey: ['customer', customerId, 'next_invoices'],
    queryFn: ({ signal }) => read<NextInvoicesAnswer>(`/api/internal/customers/${customerId}/next_invoices`, { signal }),
    enabled: rows.length > 0,
  });
  useLiveUsage(
    rows.map((row) => row.external_id),
    [['customer', customerId, 'next_invoices']],
    PREVIEW_PAUSE_MS,
  );
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>No subscription is active or about to start.</Trans>
      </Text>
    );
  }
  const invoiceOf = (row: CustomerSubscriptionAnswer): NextInvoiceAnswer | undefined =>
    next.data?.next_invoices.find((one) => one.lago_subscription_id === row.lago_id);
  return (
    <Table.ScrollContainer
      minWidth={420}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t`Subscriptions` } }}
    >
      <Table aria-label={t`Subscriptions with their next invoices`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>Plan</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Since</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Next invoice</Trans>
            </Table.Th>
            <Table.Th ta="right">
              <Trans>So far</Trans>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.lago_id}>
              <Table.Td>
                <Group gap={6}>
                  <Anchor renderRoot={(props) => <Link to="/subscriptions/$id" params={{ id: row.lago_id }} {...props} />}>
                    <bdi>{row.name === null || row.name === '' ? row.plan.name : row.name}</bdi>
                  </Anchor>
                  {row.status === 'pending' && <StatusBadge tone="blue" label={t`Pending`} />}
                  {row.is_parked && <StatusBadge tone="amber" isWarning label={t`Parked`} />}
                </Group>
                <Text size="xs" c="dimmed" component="div">
                  <Code>{row.external_id}</Code>
                </Text>
              </Table.Td>
              <Table.Td>
                <Time at={row.started_at ?? row.starts_at} timeZone={timeZone} />
              </Table.Td>
              <NextInvoiceCells next={invoiceOf(row)} isLoading={next.isPending} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function NextInvoiceCells({ next, isLoading }: { readonly next: NextInvoiceAnswer | undefined; readonly isLoading: boolean }): JSX.Element {
  const invoice = next?.invoice ?? null;
  if (invoice === null) {
    return (
      <>
        <Table.Td>{isLoading ? '…' : <Nothing />}</Table.Td>
        <Table.Td ta="right">{isLoading ? '…' : <Nothing />}</Table.Td>
      </>
    );
  }
  return (
    <>
      <Table.Td>
        <Day on={invoice.issuing_date} />
      </Table.Td>
      <Table.Td ta="right">
        <Money cents={invoice.total_amount_cents} currency={invoice.currency} />
      </Table.Td>
    </>
  );
}

function Identity({ customer }: { readonly customer: CustomerAnswer }): JSX.Element {
  const { t } = useLingui();
  const address = [
    customer.address_line1,
    customer.address_line2,
    [customer.zipcode, customer.city].filter((part) => part !== null && part !== '').join(' '),
    customer.state,
    customer.country === null ? null : countryName(customer.country),
  ].filter((line) => line !== null && line !== '');
  const facts: readonly Fact[] = [
    { label: t`E-mail`, value: customer.email },
    { label: t`Phone`, value: customer.phone },
    { label: t`Legal name`, value: customer.legal_name },
    { label: t`Legal number`, value: customer.legal_number },
    { label: t`Tax identification number`, value: customer.tax_identification_number },
    { label: t`Address`, value: address.join(', ') },
    { label: t`Currency`, value: customer.currency },
    { label: t`Time zone`, value: customer.applicable_timezone },
    {
      label: t`Language of documents`,
      value: customer.billing_configuration.document_locale === null ? null : languageName(customer.billing_configuration.document_locale),
    },
    { label: t`Numbers begin with`, value: customer.slug },
    { label: t`Created`, value: <Time at={customer.created_at} /> },
  ];
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>
        <Trans>Customer</Trans>
      </Title>
      <Facts facts={facts.filter(({ value }) => value !== null && value !== '')} />
    </Stack>
  );
}
