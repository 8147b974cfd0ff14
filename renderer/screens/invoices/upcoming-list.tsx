import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor } from '@mantine/core';
import { IconCalendarDue } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, type JSX } from 'react';
import type { UpcomingInvoiceRow } from '../../../shared/internal/invoices.ts';
import type { TableColumn } from '../../components/data-table.tsx';
import { ListPage } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { Day, Money, Nothing } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { InvoiceTabs } from './invoice-tabs.tsx';

/** `/invoices?tab=upcoming`: what open periods come to so far. Nothing of it is stored. */
export function UpcomingList(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const list = useListQuery<UpcomingInvoiceRow>({ entity: 'usage', path: '/api/internal/lists/upcoming_invoices', filters: {} });
  return (
    <ListPage
      title={t`Invoices`}
      name="upcoming-invoices"
      tabs={<InvoiceTabs tab="upcoming" />}
      list={list}
      columns={useColumns()}
      rowId={(row) => row.lago_subscription_id}
      onOpen={(row) => void navigate({ to: '/invoices/upcoming/$subscription', params: { subscription: row.lago_subscription_id } })}
      chips={[]}
      onClearFilters={() => undefined}
      whenEmpty={
        <NothingYet icon={<IconCalendarDue />} title={t`Nothing is coming up`}>
          <Trans>While a subscription runs, its next invoice is shown here with what it comes to so far.</Trans>
        </NothingYet>
      }
    />
  );
}

function useColumns(): readonly TableColumn<UpcomingInvoiceRow>[] {
  const { t } = useLingui();
  return useMemo(
    () => [
      {
        id: 'billing_at',
        header: t`Billed on`,
        width: 130,
        text: (row) => row.billing_on,
        cell: (row) => (
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link to="/invoices/upcoming/$subscription" params={{ subscription: row.lago_subscription_id }} {...props} />
            )}
          >
            <Day on={row.billing_on} />
          </Anchor>
        ),
      },
      {
        id: 'customer',
        header: t`Customer`,
        width: 220,
        isWide: true,
        text: (row) => row.customer.name,
        cell: (row) => (
          <Anchor inherit renderRoot={(props) => <Link to="/customers/$id/overview" params={{ id: row.customer.lago_id }} {...props} />}>
            <bdi>{row.customer.name}</bdi>
          </Anchor>
        ),
      },
      {
        id: 'subscriptions',
        header: t`Subscriptions`,
        width: 280,
        text: (row) => row.subscriptions.map(({ name }) => name).join(', '),
        cell: (row) => <bdi>{row.subscriptions.map(({ name }) => name).join(', ')}</bdi>,
      },
      {
        id: 'total',
        header: t`So far`,
        width: 140,
        isNumber: true,
        text: (row) => (row.invoice === null ? '' : formatMoney(row.invoice.total_amount_cents, row.invoice.currency)),
        cell: (row) =>
          row.invoice === null ? <Nothing /> : <Money cents={row.invoice.total_amount_cents} currency={row.invoice.currency} />,
      },
    ],
    [t],
  );
}
