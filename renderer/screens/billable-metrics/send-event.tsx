import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, ScrollArea, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { copyText } from '../../components/copy-text.ts';
import { curlOf } from '../../components/more-menu.tsx';
import type { MetricValues } from './metric-values.ts';

type Language = 'curl' | 'node' | 'python';

/** The request that sends an event of the metric. Rule: ui.md § 4.4. */
export function SendEvent({ values }: { readonly values: MetricValues }): JSX.Element {
  const { t } = useLingui();
  const [language, setLanguage] = useState<Language>('curl');
  const text = requestText(language, eventOf(values));
  return (
    <Stack gap="sm" component="section" aria-label={t`Send an event`}>
      <Text size="sm" c="dimmed">
        <Trans>
          The transaction id is yours: sent again with the same one, an event counts once. Without a timestamp it happened when it arrived.
        </Trans>
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t`Language of the request`}
        value={language}
        onChange={(value) => setLanguage(value)}
        data={[
          { value: 'curl', label: 'cURL' },
          { value: 'node', label: 'Node' },
          { value: 'python', label: 'Python' },
        ]}
      />
      <ScrollArea.Autosize mah={420} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t`Request` }}>
        <Code block fz="xs">
          {text}
        </Code>
      </ScrollArea.Autosize>
      <div>
        <Button variant="default" leftSection={<IconCopy size={14} />} onClick={() => void copyText(text)}>
          <Trans>Copy the request</Trans>
        </Button>
      </div>
    </Stack>
  );
}

interface SentEvent {
  readonly transaction_id: string;
  readonly external_subscription_id: string;
  readonly code: string;
  readonly properties: Readonly<Record<string, string | number>>;
}

function eventOf(values: MetricValues): SentEvent {
  const field = values.field_name.trim() === '' ? 'value' : values.field_name.trim();
  const isUnique = values.aggregation_type === 'unique_count_agg';
  const counted: Readonly<Record<string, string | number>> =
    values.aggregation_type === 'count_agg' ? {} : { [field]: isUnique ? 'user_42' : 12, ...(isUnique ? { operation_type: 'add' } : {}) };
  const filtered = values.filters.flatMap(({ key, values: [first] }) => (key === '' || first === undefined ? [] : [[key, first] as const]));
  return {
    transaction_id: 'my-unique-id-1',
    external_subscription_id: 'my-subscription',
    code: values.code.trim() === '' ? 'my_code' : values.code.trim(),
    properties: { ...counted, ...Object.fromEntries(filtered) },
  };
}

function requestText(language: Language, event: SentEvent): string {
  switch (language) {
    case 'curl':
      return curlOf('POST', '/api/v1/events', { event });
    case 'node':
      return `import { Client } from 'lago-javascript-client';

const client = Client(process.env.API_KEY, { baseUrl: '${window.location.origin}/api/v1' });
await client.events.createEvent({
  event: ${JSON.stringify(event, null, 2).replaceAll('\n', '\n  ')},
});`;
    case 'python':
      return `import os, requests

requests.post(
    "${window.location.origin}/api/v1/events",
    headers={"Authorization": f"Bearer {os.environ['API_KEY']}"},
    json={"event": ${JSON.stringify(event, null, 4).replaceAll('\n', '\n    ')}},
    timeout=10,
).raise_for_status()`;
  }
}
