import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Checkbox, Code, DataList, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCircleCheck, IconKey } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { CapabilitiesAnswer } from '../../../shared/internal/capabilities.ts';
import type { NewApiKeyAnswer } from '../../../shared/internal/developers.ts';
import { read, send } from '../../api-client.ts';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { copyText } from '../../components/copy-text.ts';
import { StateBoundary } from '../../components/states.tsx';
import { callWithKey } from './call-with-key.ts';

interface ServerStepProps {
  readonly onBack: () => void;
  readonly onDone: (withTour: boolean) => void;
}

/** Where the API is, a key for it, and whether a call with it arrives. */
export function ServerStep({ onBack, onDone }: ServerStepProps): JSX.Element {
  const { t } = useLingui();
  const [withTour, setWithTour] = useState(true);
  const capabilities = useQuery({
    queryKey: ['capabilities'],
    queryFn: ({ signal }) => read<CapabilitiesAnswer>('/api/internal/capabilities', { signal }),
  });
  return (
    <Stack gap="lg">
      <StateBoundary query={capabilities}>{(host) => <Server host={host} />}</StateBoundary>
      <Group justify="space-between">
        <Button size="sm" variant="default" onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
        <Group gap="md">
          <Checkbox
            size="sm"
            label={t`Show me around (5 steps)`}
            checked={withTour}
            onChange={(event) => setWithTour(event.currentTarget.checked)}
          />
          <Button size="sm" onClick={() => onDone(withTour)}>
            <Trans>Finish</Trans>
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function Server({ host }: { readonly host: CapabilitiesAnswer }): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: () => send<NewApiKeyAnswer>('POST', '/api/internal/api_keys', { api_key: { name: t`First key` } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api_key'] }),
  });
  return (
    <Stack gap="md">
      <Text size="sm">
        <Trans>Your own program sends its events to this address. Only programs on this computer reach it, unless you say otherwise.</Trans>
      </Text>
      <DataList labelWidth={120} size="sm">
        <DataList.Item>
          <DataList.ItemLabel>{t`Base URL`}</DataList.ItemLabel>
          <DataList.ItemValue>
            <Copied value={host.base_url} label={t`base URL`} />
          </DataList.ItemValue>
        </DataList.Item>
        <DataList.Item>
          <DataList.ItemLabel>{t`Port`}</DataList.ItemLabel>
          <DataList.ItemValue className="number">{String(host.port)}</DataList.ItemValue>
        </DataList.Item>
        <DataList.Item>
          <DataList.ItemLabel>{t`Data folder`}</DataList.ItemLabel>
          <DataList.ItemValue>
            <Copied value={host.data_folder} label={t`data folder`} />
          </DataList.ItemValue>
        </DataList.Item>
      </DataList>
      {make.data === undefined ? (
        <div>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconKey size={16} aria-hidden />}
            loading={make.isPending}
            onClick={() => make.mutate()}
          >
            <Trans>Make an API key</Trans>
          </Button>
        </div>
      ) : (
        <NewKey apiKey={make.data.key} baseUrl={host.base_url} />
      )}
      {make.error !== null && <RefusedNote error={make.error} />}
    </Stack>
  );
}

function Copied({ value, label }: { readonly value: string; readonly label: string }): JSX.Element {
  const { t } = useLingui();
  return (
    <Group gap={6} wrap="nowrap">
      <span className="code" style={{ overflowWrap: 'anywhere' }}>
        {value}
      </span>
      <Button variant="subtle" size="compact-xs" onClick={() => void copyText(value)} aria-label={t`Copy ${label}`}>
        <Trans>Copy</Trans>
      </Button>
    </Group>
  );
}

function NewKey({ apiKey, baseUrl }: { readonly apiKey: string; readonly baseUrl: string }): JSX.Element {
  const { t } = useLingui();
  const call = useMutation({ mutationFn: () => callWithKey(apiKey) });
  const curl = `curl ${baseUrl}/api/v1/billable_metrics \\\n  -H "Authorization: Bearer ${apiKey}"`;
  return (
    <Stack gap="sm">
      <Alert color="accent" variant="outline" icon={<IconKey />} title={t`This key is shown only now`}>
        <Copied value={apiKey} label={t`API key`} />
        <Text size="sm" mt={4}>
          <Trans>Copy it to where your program reads its secrets. More keys are made under Developers.</Trans>
        </Text>
      </Alert>
      <Code block tabIndex={0} aria-label={t`A call with this key`}>
        {curl}
      </Code>
      <Group gap="sm">
        <Button variant="default" size="sm" loading={call.isPending} onClick={() => call.mutate()}>
          <Trans>Make a test call</Trans>
        </Button>
        {call.isSuccess && (
          <Text size="sm" c="var(--ink-green)" role="status" className="badge-dot">
            <IconCircleCheck size={16} aria-hidden />
            <Trans>200: the server knows the key</Trans>
          </Text>
        )}
      </Group>
      {call.error !== null && <RefusedNote error={call.error} />}
    </Stack>
  );
}
