import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { TelemetryLogEntry, TelemetryResult } from '../../../../shared/internal/telemetry.ts';
import { JsonView } from '../../../components/json-view.tsx';
import { StatusBadge, type Tone } from '../../../components/status-badge.tsx';
import { StateBoundary } from '../../../components/states.tsx';
import { Time } from '../../../components/values.tsx';
import { useTelemetryLog } from './telemetry-query.ts';

const TONES: Readonly<Record<TelemetryResult, Tone>> = {
  sending: 'blue',
  received: 'green',
  refused: 'red',
  timeout: 'red',
  unreachable: 'red',
  given_up: 'grey',
};

function useResultLabels(): Readonly<Record<TelemetryResult, string>> {
  const { t } = useLingui();
  return {
    sending: t`On its way`,
    received: t`Received`,
    refused: t`Refused`,
    timeout: t`No answer in 3 s`,
    unreachable: t`Not reached`,
    given_up: t`Given up`,
  };
}

/** The last messages, word for word. */
export function MessageLog(): JSX.Element {
  return <StateBoundary query={useTelemetryLog()}>{({ messages }) => <Messages messages={messages} />}</StateBoundary>;
}

function Messages({ messages }: { readonly messages: readonly TelemetryLogEntry[] }): JSX.Element {
  const { t } = useLingui();
  const labels = useResultLabels();
  const [text, setText] = useState('');
  const [result, setResult] = useState<string | null>(null);
  if (messages.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>No message has been sent from here.</Trans>
      </Text>
    );
  }
  const shown = messages.filter((message) => (result === null || message.result === result) && message.body.includes(text.trim()));
  const results = [...new Set(messages.map((message) => message.result))];
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <TextInput
          aria-label={t`Find in messages`}
          placeholder={t`Find in messages`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          aria-label={t`Result`}
          placeholder={t`Any result`}
          clearable
          clearButtonProps={{ 'aria-label': t`Any result` }}
          data={results.map((value) => ({ value, label: labels[value] }))}
          value={result}
          onChange={setResult}
        />
        <Text size="xs" c="dimmed" role="status" className="number">
          {t`${String(shown.length)} of ${String(messages.length)}`}
        </Text>
      </Group>
      <Table aria-label={t`Messages`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>Sent</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Result</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Message</Trans>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((message) => (
            <Message key={message.id} message={message} label={labels[message.result]} />
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Message({ message, label }: { readonly message: TelemetryLogEntry; readonly label: string }): JSX.Element {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const status = message.http_status === null ? '' : ` · ${String(message.http_status)}`;
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time at={message.sent_at} />
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <StatusBadge tone={TONES[message.result]} label={`${label}${status}`} />
      </Table.Td>
      <Table.Td w="60%">
        <Button variant="subtle" size="compact-xs" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? t`Hide` : t`Show`}
        </Button>
        {isOpen && <JsonView value={JSON.parse(message.body) as unknown} label={t`The message`} maxHeight={320} />}
      </Table.Td>
    </Table.Tr>
  );
}
