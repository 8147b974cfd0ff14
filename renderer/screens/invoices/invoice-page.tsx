import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Group, Tabs, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams as usePath, useSearch } from '@tanstack/react-router';
import { useEffect, useState, type JSX } from 'react';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { pathPart, read } from '../../api-client.ts';
import { listenLive } from '../../live.ts';
import { DetailPage } from '../../components/detail-page.tsx';
import { DocumentView } from '../../components/document-view.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { CopyId } from '../../components/values.tsx';
import { DraftNote } from './draft-note.tsx';
import { FailedNote, OverpaidNote } from './invoice-notes.tsx';
import { InvoiceActions, type OpenPanel } from './invoice-actions.tsx';
import { InvoiceBadge, PaymentBadge } from './invoice-badge.tsx';
import { InvoiceFees } from './invoice-fees.tsx';
import { InvoicePanels } from './invoice-panels.tsx';
import { InvoiceSide } from './invoice-side.tsx';
import { KeyFacts } from './key-facts.tsx';

/** `/invoices/$id`. */
export function InvoicePage(): JSX.Element {
  const { id } = usePath({ from: '/shell/invoices/$id' });
  const queries = useQueryClient();
  // Deliveries are too many for every list of invoices to follow them; this page shows its own.
  useEffect(
    () =>
      listenLive((message) => {
        const isDelivery = message.type === 'invalidate' && message.changes.some(({ entity }) => entity === 'webhook_delivery');
        if (isDelivery) void queries.invalidateQueries({ queryKey: ['invoice', id, 'facts'] });
      }),
    [queries, id],
  );
  const facts = useQuery({
    queryKey: ['invoice', id, 'facts'],
    queryFn: ({ signal }) => read<InvoiceFacts>(`/api/internal/invoices/${pathPart(id)}`, { signal }),
  });
  return <StateBoundary query={facts}>{(answer) => <InvoiceView key={id} facts={answer} />}</StateBoundary>;
}

function InvoiceView({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [panel, setPanel] = useState<OpenPanel | null>(null);
  const { invoice, customer } = facts;
  return (
    <DetailPage
      title={invoice.number}
      crumbs={[{ label: t`Invoices`, to: '/invoices' }]}
      badge={
        <Group gap={6} wrap="nowrap">
          <InvoiceBadge invoice={invoice} />
          <PaymentBadge invoice={invoice} />
        </Group>
      }
      below={
        <Group gap="sm">
          <Anchor fz="xs" renderRoot={(props) => <Link to="/customers/$id/overview" params={{ id: customer.lago_id }} {...props} />}>
            <bdi>{customer.name}</bdi>
          </Anchor>
          <CopyId value={invoice.lago_id} label={t`the invoice’s id`} />
        </Group>
      }
      actions={<MoreMenu name={invoice.number} apiPath={`/api/v1/invoices/${invoice.lago_id}`} json={{ invoice }} />}
      record={{
        entity: 'invoice',
        id: invoice.lago_id,
        open: (next) => void navigate({ to: '/invoices/$id', params: { id: next } }),
      }}
    >
      <Group align="stretch" gap="lg" px="lg" pb="lg" wrap="wrap" style={{ flex: 1 }}>
        <div style={{ flex: '1 1 560px', minWidth: 0, display: 'flex', flexDirection: 'column', gap: 12 }}>
          {invoice.status === 'draft' && <DraftNote facts={facts} />}
          {invoice.status === 'failed' && <FailedNote facts={facts} />}
          {facts.is_overpaid && <OverpaidNote facts={facts} />}
          <LinesAndDocument facts={facts} />
        </div>
        <aside aria-label={t`About this invoice`} style={{ flex: '0 1 320px', minWidth: 260 }}>
          <KeyFacts facts={facts} />
          <InvoiceActions facts={facts} onOpen={setPanel} />
          <InvoiceSide facts={facts} />
        </aside>
      </Group>
      <InvoicePanels facts={facts} panel={panel} onClose={() => setPanel(null)} />
    </DetailPage>
  );
}

function LinesAndDocument({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { tab = 'lines' } = useSearch({ from: '/shell/invoices/$id' });
  const { invoice, document, groups } = facts;
  const isFinal = document.state !== 'none';
  return (
    <Tabs
      value={isFinal && tab === 'pdf' ? 'pdf' : 'lines'}
      onChange={(value) => void navigate({ to: '.', search: { tab: value === 'pdf' ? 'pdf' : undefined }, replace: true })}
      keepMounted={false}
      style={{ flex: 1, display: 'flex', flexDirection: 'column' }}
    >
      <Tabs.List aria-label={t`Views of the invoice`} mb="sm">
        <Tabs.Tab value="lines">
          <Trans>Lines</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="pdf" disabled={!isFinal}>
          <Trans>PDF</Trans>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="lines">
        <InvoiceFees invoice={invoice} groups={groups} />
        <Sections facts={facts} />
      </Tabs.Panel>
      <Tabs.Panel value="pdf" style={{ flex: 1, display: 'flex' }}>
        <DocumentView document={document} name={invoice.number} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** What the document carries above its footer. */
function Sections({ facts }: { readonly facts: InvoiceFacts }): JSX.Element | null {
  const sections = facts.invoice.applied_invoice_custom_sections;
  if (sections.length === 0) return null;
  return (
    <div style={{ marginTop: 24 }}>
      {sections.map((section) => (
        <Text key={section.lago_id} size="sm" c="dimmed" component="div" mb="xs">
          <b>
            <bdi>{section.display_name}</bdi>
          </b>
          <div style={{ whiteSpace: 'pre-line' }}>
            <bdi>{section.details}</bdi>
          </div>
        </Text>
      ))}
    </div>
  );
}
