import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Stack, Table, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { ActivityRow } from '../../../../shared/internal/developers.ts';
import { Inspector } from '../../../components/inspector.tsx';
import { CopyId, Nothing } from '../../../components/values.tsx';
import { Facts } from '../facts.tsx';
import { LogTime } from '../requests/log-time.tsx';
import { useActivityWords } from './activity-words.ts';
import { UndoButton } from './undo-button.tsx';

interface ActivityInspectorProps {
  readonly activity: ActivityRow;
  readonly onClose: () => void;
}

/** One change: its fields before and after. */
export function ActivityInspector({ activity, onClose }: ActivityInspectorProps): JSX.Element {
  const { t } = useLingui();
  const words = useActivityWords();
  const names = [...new Set([...Object.keys(activity.before), ...Object.keys(activity.after)])];
  return (
    <Inspector title={`${words.actionOf(activity.action)}: ${activity.entity_name}`} onClose={onClose}>
      <Stack gap="sm">
        <Facts
          facts={[
            [t`Kind`, words.entityOf(activity.entity)],
            [t`By`, activity.author === 'screen' ? t`A screen` : (activity.author_name ?? t`A key without a name`)],
            [t`When`, <LogTime key="when" at={activity.occurred_at} />],
            [t`Object`, <CopyId key="object" value={activity.entity_id} label={t`the object’s id`} />],
          ]}
        />
        {activity.undoes_id !== null && (
          <Text size="sm" c="dimmed">
            <Trans>This change took an earlier one back.</Trans>
          </Text>
        )}
        <Group>
          <UndoButton activity={activity} />
        </Group>
        {names.length > 0 && <FieldTable activity={activity} names={names} />}
      </Stack>
    </Inspector>
  );
}

function FieldTable({ activity, names }: { readonly activity: ActivityRow; readonly names: readonly string[] }): JSX.Element {
  const { t } = useLingui();
  return (
    <Table aria-label={t`Fields`} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Field</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>Before</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>After</Trans>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map((name) => (
          <Table.Tr key={name} style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
            <Table.Td className="code">{name}</Table.Td>
            <Table.Td>
              <FieldValue value={activity.before[name]} />
            </Table.Td>
            <Table.Td>
              <FieldValue value={activity.after[name]} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** A value as the API has it; a text stands for itself. */
function FieldValue({ value }: { readonly value: unknown }): JSX.Element {
  if (value === undefined || value === null || value === '') return <Nothing />;
  if (typeof value === 'string') return <bdi>{value}</bdi>;
  return <span className="code">{JSON.stringify(value)}</span>;
}
