import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { IconEdit, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { AddOnFeeRow, AddOnPageAnswer } from '../../../shared/internal/add-ons.ts';
import { usePageActions } from '../../actions.ts';
import { pathPart } from '../../api-client.ts';
import { DataTable, type SortOrder, type TableColumn } from '../../components/data-table.tsx';
import { DetailPage } from '../../components/detail-page.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { CopyId, Day, Money, Time, Units } from '../../components/values.tsx';
import { formatMoney, formatUnits } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { Facts } from '../customers/facts.tsx';
import { DeleteAddOnPanel } from './delete-add-on-panel.tsx';
import { useAddOn } from './use-add-on.ts';

/** `/add-ons/$id`. */
export function AddOnPage(): JSX.Element {
  const { id } = useParams({ from: '/shell/add-ons/$id' });
  const page = useAddOn(id);
  return <StateBoundary query={page}>{(known) => <Page key={id} known={known} />}</StateBoundary>;
}

function Page({ known }: { readonly known: AddOnPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const { add_on: addOn } = known;
  const id = addOn.lago_id;
  usePageActions(
    useMemo(
      () => [
        {
          id: 'edit-add-on',
          label: msg`Edit this add-on`,
          group: 'page' as const,
          keys: 'e',
          run: () => void navigate({ to: '/add-ons/$id/edit', params: { id } }),
        },
        { id: 'delete-add-on', label: msg`Delete this add-on`, group: 'page' as const, run: () => setDeleting(true) },
      ],
      [navigate, id],
    ),
  );
  return (
    <DetailPage
      title={addOn.name}
      crumbs={[{ label: t`Add-ons`, to: '/add-ons' }]}
      below={
        <Group gap="md">
          <span>
            <Trans>Code</Trans> <CopyId value={addOn.code} label={t`code`} />
          </span>
          <span>
            <Trans>Id</Trans> <CopyId value={id} label={t`id`} />
          </span>
        </Group>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconEdit size={14} />}
            renderRoot={(props) => <Link to="/add-ons/$id/edit" params={{ id }} {...props} />}
          >
            <Trans>Edit</Trans>
          </Button>
          <MoreMenu name={addOn.name} apiPath={`/api/v1/add_ons/${pathPart(addOn.code)}`} json={{ add_on: addOn }}>
            <Menu.Item color="var(--ink-red)" leftSection={<IconTrash size={14} />} onClick={() => setDeleting(true)}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </MoreMenu>
        </>
      }
      record={{ entity: 'add_on', id, open: (next) => void navigate({ to: '/add-ons/$id', params: { id: next } }) }}
    >
      <Stack p="lg" gap="xl">
        <Facts
          facts={[
            { label: t`Amount`, value: <Money cents={addOn.amount_cents} currency={addOn.amount_currency} /> },
            { label: t`Times applied`, value: <span className="number">{formatUnits(known.applied_count)}</span> },
            { label: t`Name on invoices`, value: addOn.invoice_display_name ?? addOn.name },
            { label: t`Taxes of its own`, value: addOn.taxes.map(({ name }) => name).join(', ') },
            { label: t`Description`, value: addOn.description },
            { label: t`Created`, value: <Time at={addOn.created_at} /> },
          ]}
        />
        <Stack gap="xs" component="section" aria-label={t`Where it was applied`}>
          <Title order={2}>
            <Trans>Where it was applied</Trans>
          </Title>
          <AppliedTable addOnId={id} />
        </Stack>
      </Stack>
      <DeleteAddOnPanel
        addOn={isDeleting ? addOn : null}
        appliedCount={known.applied_count}
        onClose={() => setDeleting(false)}
        onDeleted={() => void navigate({ to: '/add-ons' })}
      />
    </DetailPage>
  );
}

const TABLE_HEIGHT = 360;

function AppliedTable({ addOnId }: { readonly addOnId: string }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [sort, setSort] = useState<SortOrder>({ by: 'created_at', direction: 'desc' });
  const list = useListQuery<AddOnFeeRow>({
    entity: 'invoice',
    path: '/api/internal/lists/add_on_fees',
    filters: { add_on: addOnId, sort: sort.by, direction: sort.direction },
  });
  return (
    <DataTable
      label={t`Where it was applied`}
      name="add-on-fees"
      columns={useColumns()}
      list={list}
      rowId={(row) => row.lago_id}
      sort={sort}
      onSort={setSort}
      onOpen={(row) => void navigate({ to: `/invoices/${row.invoice.lago_id}` })}
      maxHeight={TABLE_HEIGHT}
      empty={
        <Text size="sm" c="dimmed" py="md">
          <Trans>Not yet. Apply it on a customer’s page, or put it on a one-off invoice.</Trans>
        </Text>
      }
    />
  );
}

function useColumns(): readonly TableColumn<AddOnFeeRow>[] {
  const { t } = useLingui();
  return useMemo(
    () => [
      {
        id: 'invoice',
        header: t`Invoice`,
        width: 190,
        text: (row) => row.invoice.number,
        cell: (row) => (
          <Anchor renderRoot={(props) => <Link to={`/invoices/${row.invoice.lago_id}`} {...props} />}>{row.invoice.number}</Anchor>
        ),
      },
      {
        id: 'customer',
        header: t`Customer`,
        sortKey: 'customer',
        width: 220,
        isWide: true,
        text: (row) => row.customer.name,
        cell: (row) => (
          <Anchor renderRoot={(props) => <Link to={`/customers/${row.customer.lago_id}/overview`} {...props} />}>
            <bdi>{row.customer.name}</bdi>
          </Anchor>
        ),
      },
      {
        id: 'issued',
        header: t`Issued`,
        sortKey: 'created_at',
        width: 140,
        text: (row) => row.invoice.issuing_date,
        cell: (row) => <Day on={row.invoice.issuing_date} />,
      },
      {
        id: 'status',
        header: t`Status`,
        width: 120,
        text: (row) => row.invoice.status,
        cell: (row) =>
          row.invoice.status === 'voided' ? (
            <StatusBadge tone="grey" label={t`Voided`} />
          ) : (
            <StatusBadge tone="blue" label={t`Finalized`} />
          ),
      },
      { id: 'units', header: t`Units`, width: 90, isNumber: true, text: (row) => row.units, cell: (row) => <Units units={row.units} /> },
      {
        id: 'amount',
        header: t`Amount`,
        sortKey: 'amount',
        width: 130,
        isNumber: true,
        text: (row) => formatMoney(row.amount_cents, row.amount_currency),
        cell: (row) => <Money cents={row.amount_cents} currency={row.amount_currency} />,
      },
    ],
    [t],
  );
}
