import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Select } from '@mantine/core';
import { IconPlus, IconSignature, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import { DELIVERY_STATUSES, type DeliveryRow } from '../../../../shared/internal/developers.ts';
import type { WebhookEndpointAnswer } from '../../../../shared/wire/webhook-endpoint.ts';
import { usePageActions } from '../../../actions.ts';
import { read } from '../../../api-client.ts';
import { ListPage, type FilterChip } from '../../../components/list-page.tsx';
import { NothingYet } from '../../../components/states.tsx';
import { useListAddress } from '../../../components/use-list-address.ts';
import { useListQuery } from '../../../list-query.ts';
import { DeveloperTabs } from '../developer-tabs.tsx';
import { DeleteEndpointPanel } from './delete-endpoint-panel.tsx';
import { useDeliveryColumns } from './delivery-columns.tsx';
import { DeliveryInspector } from './delivery-inspector.tsx';
import { useDeliveryStatusWords } from './delivery-status.tsx';
import { EndpointPanel } from './endpoint-panel.tsx';
import { EndpointTable } from './endpoint-table.tsx';
import { SigningPanel } from './signing-panel.tsx';

type Opened = { readonly kind: 'new' | 'signing' } | { readonly kind: 'edit' | 'delete'; readonly endpoint: WebhookEndpointAnswer } | null;

/** `/developers/webhooks`: where messages go, and what became of each. */
export function Webhooks(): JSX.Element {
  const { t } = useLingui();
  const [opened, setOpened] = useState<Opened>(null);
  const endpoints = useQuery({
    queryKey: ['webhook_endpoint', 'all'],
    queryFn: ({ signal }) =>
      read<{ readonly webhook_endpoints: readonly WebhookEndpointAnswer[] }>('/api/v1/webhook_endpoints?per_page=100', { signal }),
  });
  const rows = endpoints.data?.webhook_endpoints ?? [];
  usePageActions(
    useMemo(
      () => [
        {
          id: 'new-webhook-endpoint',
          label: msg`Add a webhook endpoint`,
          group: 'create',
          keys: 'c',
          run: () => setOpened({ kind: 'new' }),
        },
        { id: 'webhook-signatures', label: msg`Check webhook signatures`, group: 'page', run: () => setOpened({ kind: 'signing' }) },
      ],
      [],
    ),
  );
  const addButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setOpened({ kind: 'new' })}>
      <Trans>Add an endpoint</Trans>
    </Button>
  );
  const actions = (
    <>
      <Button variant="default" leftSection={<IconSignature size={14} />} onClick={() => setOpened({ kind: 'signing' })}>
        <Trans>Signatures</Trans>
      </Button>
      {addButton}
    </>
  );
  const close = (): void => setOpened(null);
  return (
    <>
      <Deliveries
        endpoints={rows}
        actions={actions}
        addButton={addButton}
        above={
          <EndpointTable
            query={endpoints}
            onEdit={(endpoint) => setOpened({ kind: 'edit', endpoint })}
            onDelete={(endpoint) => setOpened({ kind: 'delete', endpoint })}
          />
        }
        title={t`Webhooks`}
      />
      <EndpointPanel
        key={opened?.kind === 'edit' ? opened.endpoint.lago_id : 'new'}
        opened={opened?.kind === 'new' || opened?.kind === 'edit'}
        endpoint={opened?.kind === 'edit' ? opened.endpoint : null}
        onClose={close}
      />
      <DeleteEndpointPanel endpoint={opened?.kind === 'delete' ? opened.endpoint : null} onClose={close} />
      <SigningPanel opened={opened?.kind === 'signing'} onClose={close} />
    </>
  );
}

interface DeliveriesProps {
  readonly title: string;
  readonly endpoints: readonly WebhookEndpointAnswer[];
  readonly actions: JSX.Element;
  readonly addButton: JSX.Element;
  readonly above: JSX.Element;
}

function Deliveries({ title, endpoints, actions, addButton, above }: DeliveriesProps): JSX.Element {
  const { t } = useLingui();
  const search = useSearch({ from: '/shell/developers/webhooks' });
  const address = useListAddress(search, { by: 'created_at', direction: 'desc' });
  const statusWords = useDeliveryStatusWords();
  const list = useListQuery<DeliveryRow>({
    entity: 'webhook_delivery',
    path: '/api/internal/lists/webhook_deliveries',
    filters: {
      sort: address.sort.by,
      direction: address.sort.direction,
      search: search.search,
      endpoint_id: search.endpoint,
      status: search.status,
      webhook_type: search.type,
      object_id: search.object,
    },
  });
  const open = (row: DeliveryRow): void => address.change({ open: row.id });
  return (
    <ListPage
      title={title}
      name="webhook-deliveries"
      list={list}
      columns={useDeliveryColumns(open)}
      rowId={(row) => row.id}
      sort={address.sort}
      onSort={address.onSort}
      onOpen={open}
      onQuickLook={open}
      openId={search.open}
      searchText={search.search ?? ''}
      searchLabel={t`Search type or id`}
      onSearch={address.onSearch}
      chips={useChips(address.change)}
      onClearFilters={address.clear}
      actions={actions}
      tabs={
        <>
          <DeveloperTabs />
          {above}
        </>
      }
      filters={
        <>
          <Select
            aria-label={t`Status`}
            placeholder={t`Any status`}
            w={130}
            clearable
            value={search.status?.[0] ?? null}
            data={DELIVERY_STATUSES.map((status) => ({ value: status, label: statusWords[status] }))}
            onChange={(status) => address.change({ status: status ?? undefined })}
          />
          <Select
            aria-label={t`Endpoint`}
            placeholder={t`Any endpoint`}
            w={200}
            clearable
            value={search.endpoint ?? null}
            data={endpoints.map((endpoint) => ({ value: endpoint.lago_id, label: endpoint.name ?? endpoint.webhook_url }))}
            onChange={(endpoint) => address.change({ endpoint: endpoint ?? undefined })}
          />
        </>
      }
      whenEmpty={
        <NothingYet icon={<IconWebhook />} title={t`Nothing was sent yet`} actions={endpoints.length === 0 ? addButton : undefined}>
          <Trans>An endpoint is told what happens here, as soon as it happens: invoices, payments, subscriptions.</Trans>
        </NothingYet>
      }
      beside={
        search.open === undefined ? undefined : <DeliveryInspector id={search.open} onClose={() => address.change({ open: undefined })} />
      }
    />
  );
}

/** Filters that have no field of their own. */
function useChips(change: (changes: Readonly<Record<string, unknown>>) => void): readonly FilterChip[] {
  const { t } = useLingui();
  const { object, type, status, endpoint } = useSearch({ from: '/shell/developers/webhooks' });
  const words = useDeliveryStatusWords();
  const chips: FilterChip[] = [];
  if (status !== undefined) {
    const label = status.map((one) => wordOf(one, words)).join(', ');
    chips.push({ key: 'status', label, onRemove: () => change({ status: undefined }) });
  }
  if (endpoint !== undefined) chips.push({ key: 'endpoint', label: t`One endpoint`, onRemove: () => change({ endpoint: undefined }) });
  if (object !== undefined) chips.push({ key: 'object', label: t`About one object`, onRemove: () => change({ object: undefined }) });
  if (type !== undefined) chips.push({ key: 'type', label: type, onRemove: () => change({ type: undefined }) });
  return chips;
}

/** A status of the address, which may be any text. */
function wordOf(status: string, words: Readonly<Record<string, string>>): string {
  return words[status] ?? status;
}
