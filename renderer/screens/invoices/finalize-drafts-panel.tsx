import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, List, Progress, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { InvoiceRow, PreviewedFinalizations } from '../../../shared/internal/invoices.ts';
import { ask, pathPart, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { Money } from '../../components/values.tsx';

interface FinalizeDraftsPanelProps {
  readonly opened: boolean;
  readonly drafts: readonly InvoiceRow[];
  readonly onClose: () => void;
  readonly onFinished: () => void;
}

/** So many are previewed in one go: each is computed as it will be. */
const MAX_AT_ONCE = 100;

/** Shows what the drafts will come to, then finalizes one after the other. */
export function FinalizeDraftsPanel({ opened, drafts, onClose, onFinished }: FinalizeDraftsPanelProps): JSX.Element {
  const { t } = useLingui();
  const [finished, setFinished] = useState<number | null>(null);
  const ids = drafts.map(({ lago_id }) => lago_id);
  const isTooMany = ids.length > MAX_AT_ONCE;
  const preview = useQuery({
    queryKey: ['invoice', 'finalize-preview', ids],
    enabled: opened && ids.length > 0 && !isTooMany && finished === null,
    queryFn: ({ signal }) => ask<PreviewedFinalizations>('/api/internal/preview/finalize_invoices', { lago_ids: ids }, signal),
  });
  const finalizeAll = async (): Promise<void> => {
    try {
      for (const [position, id] of ids.entries()) {
        setFinished(position);
        await send('PUT', `/api/v1/invoices/${pathPart(id)}/finalize`);
      }
      onFinished();
    } finally {
      setFinished(null);
    }
  };
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Finalize drafts`}
      confirmLabel={t`Finalize ${ids.length}`}
      canConfirm={preview.isSuccess && !isTooMany}
      onConfirm={finalizeAll}
    >
      <Text size="sm">
        <Trans>Each draft is computed once more with the usage known now, dated today and numbered. It cannot be changed afterwards.</Trans>
      </Text>
      {isTooMany ? (
        <Alert color="yellow" variant="outline">
          <Trans>Choose {MAX_AT_ONCE} drafts or fewer: each is previewed first.</Trans>
        </Alert>
      ) : (
        opened && <StateBoundary query={preview}>{(answer) => <Totals preview={answer} />}</StateBoundary>
      )}
      {finished !== null && <Running finished={finished} of={ids.length} />}
    </ConfirmPanel>
  );
}

function Totals({ preview }: { readonly preview: PreviewedFinalizations }): JSX.Element {
  const { t } = useLingui();
  const closed = preview.invoices.filter(({ is_closed }) => is_closed).length;
  return (
    <Stack gap="xs">
      <List size="sm">
        {preview.totals.map((total) => (
          <List.Item key={total.currency}>
            <Plural value={total.invoices_count} one="# invoice of" other="# invoices of" />{' '}
            <b>
              <Money cents={total.total_amount_cents} currency={total.currency} />
            </b>
          </List.Item>
        ))}
        {closed > 0 && (
          <List.Item>
            <Plural
              value={closed}
              one="# draft has no amount and disappears: its customer wants no such invoices."
              other="# drafts have no amount and disappear: their customers want no such invoices."
            />
          </List.Item>
        )}
      </List>
      <Table aria-label={t`Drafts`} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Customer`}</Table.Th>
            <Table.Th ta="right">{t`Amount`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.invoices.map((invoice) => (
            <Table.Tr key={invoice.lago_id}>
              <Table.Td>
                <bdi>{invoice.customer.name}</bdi>
              </Table.Td>
              <Table.Td ta="right">
                <Money cents={invoice.total_amount_cents} currency={invoice.currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Running({ finished, of }: { readonly finished: number; readonly of: number }): JSX.Element {
  const { t } = useLingui();
  return (
    <div>
      <Text size="sm" mb={4}>
        <Trans>
          {finished} of {of} finalized
        </Trans>
      </Text>
      <Progress.Root size="sm">
        <Progress.Section value={(100 * finished) / of} aria-label={t`Finalizing`} />
      </Progress.Root>
    </div>
  );
}
