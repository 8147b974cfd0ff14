import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Anchor, Group, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams as usePath } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { UpcomingInvoice } from '../../../shared/internal/invoices.ts';
import { pathPart, read } from '../../api-client.ts';
import { DetailPage } from '../../components/detail-page.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Day, Time } from '../../components/values.tsx';
import { formatDay } from '../../format/dates.ts';
import { InvoiceFees } from './invoice-fees.tsx';

/** `/invoices/upcoming/$subscription`: an invoice that does not exist yet. */
export function UpcomingInvoicePage(): JSX.Element {
  const { subscription } = usePath({ from: '/shell/invoices/upcoming/$subscription' });
  const upcoming = useQuery({
    queryKey: ['usage', 'upcoming-invoice', subscription],
    queryFn: ({ signal }) => read<UpcomingInvoice>(`/api/internal/upcoming_invoices/${pathPart(subscription)}`, { signal }),
  });
  return <StateBoundary query={upcoming}>{(answer) => <Preview upcoming={answer} />}</StateBoundary>;
}

function Preview({ upcoming }: { readonly upcoming: UpcomingInvoice }): JSX.Element {
  const { t } = useLingui();
  const { invoice, customer } = upcoming;
  const day = formatDay(upcoming.billing_on);
  return (
    <DetailPage
      title={t`Next invoice, ${day}`}
      crumbs={[{ label: t`Invoices`, to: '/invoices' }]}
      badge={<StatusBadge tone="grey" label={t`Preview`} />}
      below={
        <Group gap="sm">
          <Anchor fz="xs" renderRoot={(props) => <Link to="/customers/$id/overview" params={{ id: customer.lago_id }} {...props} />}>
            <bdi>{customer.name}</bdi>
          </Anchor>
          <bdi>{upcoming.subscriptions.map(({ name }) => name).join(', ')}</bdi>
        </Group>
      }
    >
      <div style={{ padding: '0 24px 24px', maxWidth: 900 }}>
        <Alert color="accent" variant="outline" icon={<IconEye />} mb="md">
          <Text size="sm" component="div">
            <Trans>
              This is what the open period comes to so far. It is billed on <Time at={upcoming.billing_at} timeZone={upcoming.timezone} />;
              nothing of it is stored.
            </Trans>{' '}
            {invoice !== null && (
              <Trans>
                Its date would be <Day on={invoice.issuing_date} />, and it would be due on <Day on={invoice.payment_due_date} />.
              </Trans>
            )}
          </Text>
        </Alert>
        {invoice === null ? (
          <Text size="sm">
            <Trans>Nothing would be invoiced.</Trans>
          </Text>
        ) : (
          <InvoiceFees invoice={invoice} groups={upcoming.groups} />
        )}
      </div>
    </DetailPage>
  );
}
