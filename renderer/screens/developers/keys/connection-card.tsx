import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Code, Group, ScrollArea, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCopy, IconPlugConnected } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { copyText } from '../../../components/copy-text.ts';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { CopyId } from '../../../components/values.tsx';
import { clientSnippets, type ClientSnippet } from './client-snippets.ts';
import { callWithKey, type TestedCall } from './test-call.ts';

/** Where the API is, and how to call it. */
export function ConnectionCard({ freshKey }: { readonly freshKey: string | null }): JSX.Element {
  const { t } = useLingui();
  const [client, setClient] = useState<ClientSnippet['id']>('javascript');
  const { origin } = window.location;
  const snippets = clientSnippets(origin);
  const shown = snippets.find(({ id }) => id === client);
  return (
    <Stack gap="sm">
      <Title order={2}>
        <Trans>Connect</Trans>
      </Title>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          <Trans>Base URL</Trans>
        </Text>
        <CopyId value={`${origin}/api/v1`} label={t`the base URL`} isWhole />
      </Group>
      <Text size="sm" c="dimmed">
        <Trans>
          The published Lago clients work unchanged.{' '}
          <Anchor underline="always" href="/api/openapi.json" target="_blank" rel="noreferrer">
            Every call of the API
          </Anchor>{' '}
          is described by OpenAPI.
        </Trans>
      </Text>
      <SegmentedControl
        aria-label={t`Client`}
        size="xs"
        value={client}
        onChange={(value) => setClient(value)}
        style={{ alignSelf: 'flex-start' }}
        data={snippets.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {shown !== undefined && (
        <div style={{ position: 'relative' }}>
          <ScrollArea.Autosize mah={340} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t`Example` }}>
            <Code block fz="xs">
              {shown.code}
            </Code>
          </ScrollArea.Autosize>
          <Button mt={8} variant="default" leftSection={<IconCopy size={14} />} onClick={() => void copyText(shown.code)}>
            <Trans>Copy example</Trans>
          </Button>
        </div>
      )}
      <TestCall freshKey={freshKey} />
    </Stack>
  );
}

function TestCall({ freshKey }: { readonly freshKey: string | null }): JSX.Element {
  const test = useMutation({ mutationFn: () => callWithKey(freshKey) });
  const { data: tested } = test;
  return (
    <Stack gap={8} mt="sm" style={{ borderTop: '1px solid var(--line)', paddingTop: 12 }}>
      <Group gap="sm">
        <Button variant="default" leftSection={<IconPlugConnected size={14} />} loading={test.isPending} onClick={() => test.mutate()}>
          <Trans>Test call</Trans>
        </Button>
        <Text size="xs" c="dimmed" component="span">
          {freshKey === null ? (
            <Trans>Reads the organization, as this window.</Trans>
          ) : (
            <Trans>Reads the organization, with the key just made.</Trans>
          )}
        </Text>
      </Group>
      <div role="status">{tested !== undefined && <TestedCallText tested={tested} />}</div>
    </Stack>
  );
}

function TestedCallText({ tested }: { readonly tested: TestedCall }): JSX.Element {
  const { t } = useLingui();
  const { status, milliseconds, requestId } = tested;
  const isFine = status === 200;
  return (
    <Group gap="xs">
      <StatusBadge tone={isFine ? 'green' : 'red'} label={status === 0 ? t`No answer` : String(status)} />
      <Text size="sm" className="number" component="span">
        {t`GET /api/v1/organizations in ${milliseconds} ms`}
      </Text>
      {requestId !== null && <CopyId value={requestId} label={t`the request id`} />}
    </Group>
  );
}
