import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Group, Stack, Table, Tabs, Text } from '@mantine/core';
import { IconBan, IconDownload, IconExternalLink, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams as usePath, useSearch } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { CreditNoteFacts } from '../../../shared/internal/credit-notes.ts';
import { pathPart, read, send } from '../../api-client.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { DetailPage } from '../../components/detail-page.tsx';
import { DocumentView, printDocument } from '../../components/document-view.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { saveFromServer } from '../../components/save-from-server.ts';
import { StateBoundary } from '../../components/states.tsx';
import { CopyId, Money } from '../../components/values.tsx';
import { formatMoney, formatRate } from '../../format/money.ts';
import { CreditNoteSide } from './credit-note-side.tsx';
import { CreditNoteBadges, REASON_WORDS } from './credit-note-words.tsx';

/** `/credit-notes/$id`. */
export function CreditNotePage(): JSX.Element {
  const { id } = usePath({ from: '/shell/credit-notes/$id' });
  const facts = useQuery({
    queryKey: ['credit_note', id, 'facts'],
    queryFn: ({ signal }) => read<CreditNoteFacts>(`/api/internal/credit_notes/${pathPart(id)}`, { signal }),
  });
  return <StateBoundary query={facts}>{(answer) => <NoteView key={id} facts={answer} />}</StateBoundary>;
}

function NoteView({ facts }: { readonly facts: CreditNoteFacts }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { credit_note: note, customer } = facts;
  return (
    <DetailPage
      title={note.number}
      crumbs={[{ label: t`Credit notes`, to: '/credit-notes' }]}
      badge={<CreditNoteBadges note={note} />}
      below={
        <Group gap="sm">
          <Anchor fz="xs" renderRoot={(props) => <Link to="/customers/$id/overview" params={{ id: customer.lago_id }} {...props} />}>
            <bdi>{customer.name}</bdi>
          </Anchor>
          <Anchor
            fz="xs"
            className="code"
            renderRoot={(props) => <Link to="/invoices/$id" params={{ id: note.lago_invoice_id }} {...props} />}
          >
            {note.invoice_number}
          </Anchor>
          <CopyId value={note.lago_id} label={t`the credit note’s id`} />
        </Group>
      }
      actions={<MoreMenu name={note.number} apiPath={`/api/v1/credit_notes/${note.lago_id}`} json={{ credit_note: note }} />}
      record={{
        entity: 'credit_note',
        id: note.lago_id,
        open: (next) => void navigate({ to: '/credit-notes/$id', params: { id: next } }),
      }}
    >
      <Group align="stretch" gap="lg" px="lg" pb="lg" wrap="wrap" style={{ flex: 1 }}>
        <div style={{ flex: '1 1 560px', minWidth: 0, display: 'flex', flexDirection: 'column' }}>
          <LinesAndDocument facts={facts} />
        </div>
        <aside aria-label={t`About this credit note`} style={{ flex: '0 1 320px', minWidth: 260 }}>
          <Actions facts={facts} />
          <CreditNoteSide facts={facts} />
        </aside>
      </Group>
    </DetailPage>
  );
}

function LinesAndDocument({ facts }: { readonly facts: CreditNoteFacts }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { tab = 'lines' } = useSearch({ from: '/shell/credit-notes/$id' });
  return (
    <Tabs
      value={tab === 'pdf' ? 'pdf' : 'lines'}
      onChange={(value) => void navigate({ to: '.', search: { tab: value === 'pdf' ? 'pdf' : undefined }, replace: true })}
      keepMounted={false}
      style={{ flex: 1, display: 'flex', flexDirection: 'column' }}
    >
      <Tabs.List aria-label={t`Views of the credit note`} mb="sm">
        <Tabs.Tab value="lines">
          <Trans>Lines</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="pdf">
          <Trans>PDF</Trans>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="lines">
        <Lines facts={facts} />
      </Tabs.Panel>
      <Tabs.Panel value="pdf" style={{ flex: 1, display: 'flex' }}>
        <DocumentView document={facts.document} name={facts.credit_note.number} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Lines({ facts }: { readonly facts: CreditNoteFacts }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { credit_note: note } = facts;
  const { currency } = note;
  const reason = REASON_WORDS[note.reason];
  const totals: readonly (readonly [string, number])[] = [
    ...(note.coupons_adjustment_amount_cents === 0
      ? []
      : [[t`Coupons that the lines had`, -note.coupons_adjustment_amount_cents] as const]),
    [t`Subtotal without tax`, note.sub_total_excluding_taxes_amount_cents],
    ...note.applied_taxes.map((tax) => [`${tax.tax_name} (${formatRate(tax.tax_rate)})`, tax.amount_cents] as const),
    [t`Total`, note.total_amount_cents],
    ...(note.credit_amount_cents === 0 ? [] : [[t`As credit`, note.credit_amount_cents] as const]),
    ...(note.refund_amount_cents === 0 ? [] : [[t`As refund`, note.refund_amount_cents] as const]),
    ...(note.offset_amount_cents === 0 ? [] : [[t`Off the invoice`, note.offset_amount_cents] as const]),
  ];
  return (
    <Stack gap="md">
      <Text size="sm" component="div">
        {reason === undefined ? note.reason : _(reason)}
        {note.description !== null && note.description !== '' && <bdi> · {note.description}</bdi>}
      </Text>
      <Table aria-label={t`Lines`} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Line`}</Table.Th>
            <Table.Th ta="right">{t`Given back`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {note.items.map((item) => (
            <Table.Tr key={item.lago_id}>
              <Table.Td>
                <bdi>{item.fee.item.invoice_display_name}</bdi>
              </Table.Td>
              <Table.Td ta="right">
                <Money cents={item.amount_cents} currency={currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Table aria-label={t`Totals`} withRowBorders={false} w="auto" miw={320} ml="auto" verticalSpacing={4}>
        <Table.Tbody>
          {totals.map(([label, cents]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" fw={400}>
                <bdi>{label}</bdi>
              </Table.Th>
              <Table.Td ta="right">
                <Money cents={cents} currency={currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Actions({ facts }: { readonly facts: CreditNoteFacts }): JSX.Element {
  const { t } = useLingui();
  const [isVoiding, setVoiding] = useState(false);
  const { credit_note: note, document } = facts;
  const left = formatMoney(note.balance_amount_cents, note.currency);
  const writing = document.url === null ? t`The PDF is being written.` : null;
  const url = document.url ?? '';
  return (
    <Stack gap={6}>
      <ActionButton icon={<IconDownload size={15} />} refusal={writing} isWide onClick={() => void saveFromServer(url, document.file_name)}>
        <Trans>Download PDF</Trans>
      </ActionButton>
      <ActionButton
        icon={<IconExternalLink size={15} />}
        refusal={writing}
        isWide
        onClick={() => void window.open(url, '_blank', 'noopener')}
      >
        <Trans>Open PDF</Trans>
      </ActionButton>
      <ActionButton icon={<IconPrinter size={15} />} refusal={writing} isWide onClick={() => printDocument(url)}>
        <Trans>Print</Trans>
      </ActionButton>
      <ActionButton
        icon={<IconBan size={15} />}
        refusal={facts.void_refusal === null ? null : t`No credit is left of this note.`}
        isDestructive
        isWide
        onClick={() => setVoiding(true)}
      >
        <Trans>Void…</Trans>
      </ActionButton>
      <ConfirmPanel
        opened={isVoiding}
        onClose={() => setVoiding(false)}
        title={t`Void ${note.number}`}
        confirmLabel={t`Void ${left} of credit`}
        isDestructive
        canConfirm
        onConfirm={() => send('PUT', `/api/v1/credit_notes/${pathPart(note.lago_id)}/void`)}
      >
        <Text size="sm" component="div">
          <Trans>
            <b>{left}</b> that is left of the credit is taken away. What later invoices have used already stays, and so does a refund.
          </Trans>
        </Text>
      </ConfirmPanel>
    </Stack>
  );
}
