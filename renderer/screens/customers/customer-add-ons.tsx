import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconPuzzle } from '@tabler/icons-react';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { AppliedAddOnRow } from '../../../shared/internal/customers.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { NothingYet } from '../../components/states.tsx';
import { useListAddress } from '../../components/use-list-address.ts';
import { Code, Day, Money, Units } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { ApplyAddOnPanel } from '../effects/index.ts';

/** `/customers/$id/add-ons`: those on its invoices. */
export function CustomerAddOns(): JSX.Element {
  const { t } = useLingui();
  const { id } = useParams({ from: '/shell/customer/customers/$id/add-ons' });
  const search = useSearch({ from: '/shell/customer/customers/$id/add-ons' });
  const address = useListAddress(search, { by: 'created_at', direction: 'desc' });
  const list = useListQuery<AppliedAddOnRow>({
    entity: 'invoice',
    path: '/api/internal/lists/applied_add_ons',
    filters: { customer_id: id, sort: address.sort.by, direction: address.sort.direction },
  });
  const [isApplyOpen, setApplyOpen] = useState(false);
  const applyButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setApplyOpen(true)}>
      <Trans>Apply an add-on</Trans>
    </Button>
  );
  return (
    <Stack px="lg" py="md" gap="sm" style={{ flex: 1, minHeight: 0 }}>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          <Trans>Add-ons are billed once, on an invoice of their own.</Trans>
        </Text>
        {applyButton}
      </Group>
      <DataTable
        label={t`Add-ons`}
        name="customer-add-ons"
        list={list}
        columns={useColumns()}
        rowId={(row) => row.lago_fee_id}
        sort={address.sort}
        onSort={address.onSort}
        empty={
          <NothingYet icon={<IconPuzzle />} title={t`No add-on yet`}>
            <Trans>An add-on is a thing that is billed once: a setup, a training, a device.</Trans>
          </NothingYet>
        }
      />
      <ApplyAddOnPanel opened={isApplyOpen} onClose={() => setApplyOpen(false)} customerId={id} />
    </Stack>
  );
}

function useColumns(): readonly TableColumn<AppliedAddOnRow>[] {
  const { t } = useLingui();
  return useMemo<readonly TableColumn<AppliedAddOnRow>[]>(
    () => [
      { id: 'name', header: t`Add-on`, width: 200, isWide: true, text: (row) => row.name, cell: (row) => <bdi>{row.name}</bdi> },
      { id: 'code', header: t`Code`, width: 140, text: (row) => row.code, cell: (row) => <Code>{row.code}</Code> },
      { id: 'units', header: t`Units`, width: 90, isNumber: true, text: (row) => row.units, cell: (row) => <Units units={row.units} /> },
      {
        id: 'amount_cents',
        header: t`Amount`,
        sortKey: 'amount_cents',
        width: 120,
        isNumber: true,
        text: (row) => formatMoney(row.amount_cents, row.currency),
        cell: (row) => <Money cents={row.amount_cents} currency={row.currency} />,
      },
      {
        id: 'invoice',
        header: t`Invoice`,
        width: 150,
        text: (row) => row.invoice.number,
        cell: (row) => (
          <Anchor renderRoot={(props) => <Link to="/invoices/$id" params={{ id: row.invoice.lago_id }} {...props} />}>
            {row.invoice.number}
          </Anchor>
        ),
      },
      {
        id: 'issuing_date',
        header: t`Invoice date`,
        sortKey: 'created_at',
        width: 130,
        text: (row) => row.invoice.issuing_date,
        cell: (row) => <Day on={row.invoice.issuing_date} />,
      },
    ],
    [t],
  );
}
