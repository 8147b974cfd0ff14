import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileInvoice, IconPlus, IconReceiptRefund } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type JSX } from 'react';
import type { InvoiceRow } from '../../../shared/internal/invoices.ts';
import { usePageActions } from '../../actions.ts';
import { ListPage } from '../../components/list-page.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { useListQuery } from '../../list-query.ts';
import { BulkActions } from './bulk-actions.tsx';
import { downloadInvoice, dragInvoiceOut } from './download.ts';
import { useInvoiceColumns } from './invoice-columns.tsx';
import { InvoiceFilters, useInvoiceChips } from './invoice-filters.tsx';
import { InvoiceTabs, tabOf } from './invoice-tabs.tsx';
import { UpcomingList } from './upcoming-list.tsx';

/** `/invoices`. */
export function InvoiceList(): JSX.Element {
  const search = useSearch({ from: '/shell/invoices' });
  const navigate = useNavigate();
  usePageActions(
    useMemo(
      () => [
        {
          id: 'new-invoice',
          label: msg`Write a one-off invoice`,
          group: 'create',
          keys: 'c',
          run: () => void navigate({ to: '/invoices/new' }),
        },
        { id: 'list-credit-notes', label: msg`Go to credit notes`, group: 'page', run: () => void navigate({ to: '/credit-notes' }) },
        { id: 'list-payments', label: msg`Go to payments`, group: 'page', run: () => void navigate({ to: '/payments' }) },
      ],
      [navigate],
    ),
  );
  return tabOf(search.tab) === 'upcoming' ? <UpcomingList /> : <StoredInvoices />;
}

function StoredInvoices(): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/invoices' });
  const address = useListAddress(search, { by: 'issuing_date', direction: 'desc' });
  const tab = tabOf(search.tab);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filters = {
    tab,
    sort: address.sort.by,
    direction: address.sort.direction,
    search: search.search,
    customer_id: search.customer,
    invoice_type: search.type,
    currency: search.currency,
    issuing_date_from: search.from,
    issuing_date_to: search.to,
    amount_from: search.min,
    amount_to: search.max,
    payment_overdue: search.overdue,
  };
  const list = useListQuery<InvoiceRow>({ entity: 'invoice', path: '/api/internal/lists/invoices', filters });
  useEffect(() => {
    setSelected(new Set());
  }, [tab]);
  const chosen = list.rows.filter((row) => selected.has(row.lago_id));
  return (
    <ListPage
      onDragOut={(row) => void dragInvoiceOut(row.lago_id)}
      title={t`Invoices`}
      name="invoices"
      tabs={<InvoiceTabs tab={tab} />}
      list={list}
      columns={useInvoiceColumns({ hasCustomer: true })}
      rowId={(row) => row.lago_id}
      sort={address.sort}
      onSort={address.onSort}
      onOpen={(row) => void navigate({ to: '/invoices/$id', params: { id: row.lago_id } })}
      selection={{ ids: selected, change: setSelected }}
      bulkActions={<BulkActions rows={chosen} onFinished={() => setSelected(new Set())} />}
      searchText={search.search ?? ''}
      searchLabel={t`Search number or customer`}
      onSearch={address.onSearch}
      filters={<InvoiceFilters />}
      chips={useInvoiceChips()}
      onClearFilters={() => void navigate({ to: '/invoices', search: { tab: search.tab }, replace: true })}
      exportPath="/api/internal/lists/invoices.csv"
      actions={<ListButtons />}
      rowMenu={(row) => <RowMenu row={row} />}
      whenEmpty={
        <NothingYet
          icon={<IconFileInvoice />}
          title={tab === 'all' ? t`No invoices yet` : t`No invoices here`}
          actions={<NewInvoiceButton />}
        >
          {tab === 'all' ? (
            <Trans>
              An invoice comes by itself when a period of a subscription is over. What is not on a plan goes on a one-off invoice.
            </Trans>
          ) : (
            <Trans>Invoices appear here as soon as they are in this state.</Trans>
          )}
        </NothingYet>
      }
    />
  );
}

function ListButtons(): JSX.Element {
  return (
    <>
      <Button variant="default" renderRoot={(props) => <Link to="/payments" {...props} />}>
        <Trans>Payments</Trans>
      </Button>
      <Button variant="default" renderRoot={(props) => <Link to="/credit-notes" {...props} />}>
        <Trans>Credit notes</Trans>
      </Button>
      <NewInvoiceButton />
    </>
  );
}

function NewInvoiceButton(): JSX.Element {
  return (
    <Button leftSection={<IconPlus size={14} />} renderRoot={(props) => <Link to="/invoices/new" {...props} />}>
      <Trans>One-off invoice</Trans>
    </Button>
  );
}

function RowMenu({ row }: { readonly row: InvoiceRow }): JSX.Element {
  const navigate = useNavigate();
  return (
    <>
      <Menu.Item
        leftSection={<IconFileInvoice size={14} />}
        onClick={() => void navigate({ to: '/invoices/$id', params: { id: row.lago_id } })}
      >
        <Trans>Open</Trans>
      </Menu.Item>
      <Menu.Item
        leftSection={<IconDownload size={14} />}
        disabled={row.status !== 'finalized'}
        onClick={() => void downloadInvoice(row.lago_id)}
      >
        <Trans>Download PDF</Trans>
      </Menu.Item>
      <Menu.Item
        leftSection={<IconReceiptRefund size={14} />}
        disabled={row.status !== 'finalized'}
        onClick={() => void navigate({ to: '/invoices/$id/credit-note', params: { id: row.lago_id } })}
      >
        <Trans>Write a credit note</Trans>
      </Menu.Item>
    </>
  );
}
