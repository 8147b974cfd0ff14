import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Stack, Table, Text, Title } from '@mantine/core';
import type { JSX } from 'react';
import type { FeeGroup } from '../../../shared/internal/invoices.ts';
import type { InvoiceAnswer } from '../../../shared/wire/invoice.ts';
import { Code, Money, Period } from '../../components/values.tsx';
import { FeeRow } from './fee-row.tsx';
import { InvoiceTotals } from './invoice-totals.tsx';

interface InvoiceFeesProps {
  readonly invoice: InvoiceAnswer;
  readonly groups: readonly FeeGroup[];
}

/** The lines of an invoice as on its document: by subscription, then taxes, what is taken off, totals. */
export function InvoiceFees({ invoice, groups }: InvoiceFeesProps): JSX.Element {
  if (invoice.fees.length === 0)
    return (
      <Text size="sm" c="dimmed" py="md">
        <Trans>This invoice has no lines.</Trans>
      </Text>
    );
  return (
    <Stack gap="lg">
      {groups.map((group) => (
        <GroupOfFees key={group.lago_subscription_id ?? 'none'} group={group} invoice={invoice} isAlone={groups.length === 1} />
      ))}
      <InvoiceTotals invoice={invoice} />
    </Stack>
  );
}

interface GroupOfFeesProps {
  readonly group: FeeGroup;
  readonly invoice: InvoiceAnswer;
  readonly isAlone: boolean;
}

function GroupOfFees({ group, invoice, isAlone }: GroupOfFeesProps): JSX.Element {
  const { t } = useLingui();
  const feeById = new Map(invoice.fees.map((fee) => [fee.lago_id, fee]));
  return (
    <section aria-label={group.name ?? t`Lines`}>
      <GroupHeader group={group} />
      <Table verticalSpacing={6} aria-label={group.name === null ? t`Lines` : t`Lines of ${group.name}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Item`}</Table.Th>
            <Table.Th ta="right">{t`Units`}</Table.Th>
            <Table.Th ta="right">{t`Unit price`}</Table.Th>
            <Table.Th ta="right">{t`Tax`}</Table.Th>
            <Table.Th ta="right">{t`Amount`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {group.fees.map(({ lago_id: id, span }) => {
            const fee = feeById.get(id);
            return fee === undefined ? null : <FeeRow key={id} fee={fee} span={span} />;
          })}
        </Table.Tbody>
        {!isAlone && (
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row" colSpan={4}>
                <bdi>{group.name ?? t`Other lines`}</bdi>
              </Table.Th>
              <Table.Th ta="right">
                <Money cents={group.amount_cents} currency={invoice.currency} />
              </Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        )}
      </Table>
    </section>
  );
}

function GroupHeader({ group }: { readonly group: FeeGroup }): JSX.Element | null {
  if (group.name === null) return null;
  const { subscription_span: fees, charges_span: usage } = group;
  const isSame = fees?.from === usage?.from && fees?.to === usage?.to;
  return (
    <Group gap="sm" align="baseline" mb={4}>
      <Title order={2} fz="md">
        <bdi>{group.name}</bdi>
      </Title>
      {group.external_subscription_id !== null && <Code>{group.external_subscription_id}</Code>}
      {fees !== null && (
        <Text size="sm" c="dimmed" component="div">
          <Period from={fees.from} to={fees.to} />
          {!isSame && usage !== null && (
            <>
              {' · '}
              <Trans>
                usage <Period from={usage.from} to={usage.to} />
              </Trans>
            </>
          )}
        </Text>
      )}
    </Group>
  );
}
