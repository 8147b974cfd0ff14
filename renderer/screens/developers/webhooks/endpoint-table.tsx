import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, Menu, ScrollArea, Table, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, type UseQueryResult } from '@tanstack/react-query';
import { IconDots, IconEdit, IconSend, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { DeliveryAnswer } from '../../../../shared/internal/developers.ts';
import type { WebhookEndpointAnswer } from '../../../../shared/wire/webhook-endpoint.ts';
import { send } from '../../../api-client.ts';
import { StateBoundary, useErrorText } from '../../../components/states.tsx';
import { Nothing } from '../../../components/values.tsx';
import { formatUnits } from '../../../format/money.ts';

interface EndpointTableProps {
  readonly query: UseQueryResult<{ readonly webhook_endpoints: readonly WebhookEndpointAnswer[] }>;
  readonly onEdit: (endpoint: WebhookEndpointAnswer) => void;
  readonly onDelete: (endpoint: WebhookEndpointAnswer) => void;
}

/** Where messages go. There are ten at most. */
export function EndpointTable({ query, onEdit, onDelete }: EndpointTableProps): JSX.Element | null {
  const { t } = useLingui();
  if (query.data?.webhook_endpoints.length === 0) return <div style={{ height: 12 }} />;
  return (
    <StateBoundary query={query} rows={2}>
      {({ webhook_endpoints: endpoints }) => (
        <ScrollArea.Autosize
          mah={190}
          px="lg"
          py="xs"
          style={{ flexShrink: 0 }}
          viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t`Endpoints` }}
        >
          <Table aria-label={t`Endpoints`} mb="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>
                  <Trans>Endpoint</Trans>
                </Table.Th>
                <Table.Th>
                  <Trans>Name</Trans>
                </Table.Th>
                <Table.Th>
                  <Trans>Messages</Trans>
                </Table.Th>
                <Table.Th>
                  <Trans>Signature</Trans>
                </Table.Th>
                <Table.Th w={150}>
                  <VisuallyHidden>
                    <Trans>Actions</Trans>
                  </VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {endpoints.map((endpoint) => (
                <EndpointRow key={endpoint.lago_id} endpoint={endpoint} onEdit={onEdit} onDelete={onDelete} />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
    </StateBoundary>
  );
}

interface EndpointRowProps extends Omit<EndpointTableProps, 'query'> {
  readonly endpoint: WebhookEndpointAnswer;
}

function EndpointRow({ endpoint, onEdit, onDelete }: EndpointRowProps): JSX.Element {
  const { t } = useLingui();
  const url = endpoint.webhook_url;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <bdi>{url}</bdi>
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{endpoint.name === null ? <Nothing /> : <bdi>{endpoint.name}</bdi>}</Table.Td>
      <Table.Td>
        <WantedTypes types={endpoint.event_types} />
      </Table.Td>
      <Table.Td className="code">{endpoint.signature_algo}</Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <SendTestButton endpoint={endpoint} />
          <Menu>
            <Menu.Target>
              <ActionIcon size={24} aria-label={t`Actions for ${url}`}>
                <IconDots size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconEdit size={14} />} onClick={() => onEdit(endpoint)}>
                <Trans>Edit…</Trans>
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={14} />} c="var(--ink-red)" onClick={() => onDelete(endpoint)}>
                <Trans>Delete…</Trans>
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function WantedTypes({ types }: { readonly types: readonly string[] | null }): JSX.Element {
  if (types === null || types.includes('*')) return <Trans>All</Trans>;
  const [only, ...others] = types;
  const count = formatUnits(types.length);
  return others.length === 0 ? <span className="code">{only}</span> : <Trans>{count} kinds</Trans>;
}

/** Sends a message that says nothing but that messages arrive, and shows what becomes of it. */
function SendTestButton({ endpoint }: { readonly endpoint: WebhookEndpointAnswer }): JSX.Element {
  const navigate = useNavigate();
  const test = useMutation({
    mutationFn: () =>
      send<{ readonly webhook_delivery: DeliveryAnswer }>('POST', `/api/internal/webhook_endpoints/${endpoint.lago_id}/test`),
    onSuccess: ({ webhook_delivery: { id } }) => {
      void navigate({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, open: id }), replace: true });
    },
    onError: (error) => {
      notifications.show({ color: 'red', message: <ErrorText error={error} /> });
    },
  });
  return (
    <Button variant="default" leftSection={<IconSend size={14} />} loading={test.isPending} onClick={() => test.mutate()}>
      <Trans>Send test</Trans>
    </Button>
  );
}

function ErrorText({ error }: { readonly error: Error }): JSX.Element {
  return <>{useErrorText(error)}</>;
}
