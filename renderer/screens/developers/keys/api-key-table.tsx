import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Menu, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconDots, IconEdit, IconRotate, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { ApiKeyAnswer } from '../../../../shared/internal/developers.ts';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { Code, Time } from '../../../components/values.tsx';
import { formatTime } from '../../../format/dates.ts';

interface ApiKeyTableProps {
  readonly keys: readonly ApiKeyAnswer[];
  readonly onChoose: (kind: 'rename' | 'rotate' | 'revoke', apiKey: ApiKeyAnswer) => void;
}

/** Every key that was not revoked. */
export function ApiKeyTable({ keys, onChoose }: ApiKeyTableProps): JSX.Element {
  const { t } = useLingui();
  return (
    <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t`API keys` } }}>
      <Table aria-label={t`API keys`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>Name</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Key</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Status</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Last used</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Created</Trans>
            </Table.Th>
            <Table.Th w={40}>
              <VisuallyHidden>
                <Trans>Actions</Trans>
              </VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((apiKey) => (
            <KeyRow key={apiKey.lago_id} apiKey={apiKey} onChoose={onChoose} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function KeyRow({ apiKey, onChoose }: { readonly apiKey: ApiKeyAnswer; readonly onChoose: ApiKeyTableProps['onChoose'] }): JSX.Element {
  const { t } = useLingui();
  const name = apiKey.name ?? t`Key without a name`;
  return (
    <Table.Tr>
      <Table.Td miw={120} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{name}</bdi>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Code>{`${apiKey.prefix}…${apiKey.last4}`}</Code>
      </Table.Td>
      <Table.Td>
        <KeyStatus apiKey={apiKey} />
      </Table.Td>
      <Table.Td>
        {apiKey.last_used_at === null ? (
          <Text size="sm" c="dimmed" span>
            <Trans>Never</Trans>
          </Text>
        ) : (
          <Time at={apiKey.last_used_at} />
        )}
      </Table.Td>
      <Table.Td>
        <Time at={apiKey.created_at} />
      </Table.Td>
      <Table.Td>
        <Menu>
          <Menu.Target>
            <ActionIcon size={24} aria-label={t`Actions for ${name}`}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconEdit size={14} />} onClick={() => onChoose('rename', apiKey)}>
              <Trans>Rename…</Trans>
            </Menu.Item>
            {apiKey.status === 'active' && (
              <Menu.Item leftSection={<IconRotate size={14} />} onClick={() => onChoose('rotate', apiKey)}>
                <Trans>Rotate…</Trans>
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconTrash size={14} />} c="var(--ink-red)" onClick={() => onChoose('revoke', apiKey)}>
              <Trans>Revoke…</Trans>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}

function KeyStatus({ apiKey }: { readonly apiKey: ApiKeyAnswer }): JSX.Element {
  const { t } = useLingui();
  const until = apiKey.expires_at === null ? '' : formatTime(apiKey.expires_at);
  switch (apiKey.status) {
    case 'active':
      return <StatusBadge tone="green" label={t`Active`} />;
    case 'expiring':
      return <StatusBadge tone="amber" label={t`Until ${until}`} />;
    case 'expired':
      return <StatusBadge tone="grey" label={t`Expired`} />;
  }
}
