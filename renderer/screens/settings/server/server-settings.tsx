import { Trans, useLingui } from '@lingui/react/macro';
import { Code, Stack, Text, Title } from '@mantine/core';
import type { JSX } from 'react';
import type { ServerAnswer } from '../../../../shared/internal/settings.ts';
import { DetailPage } from '../../../components/detail-page.tsx';
import { StateBoundary } from '../../../components/states.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { CopyId, Time } from '../../../components/values.tsx';
import { Facts } from '../../developers/facts.tsx';
import { SecretStoreText } from '../integrations/secret-store-text.tsx';
import { useServerFacts } from '../server-query.ts';
import { useSettingsTabs } from '../settings-tabs.tsx';
import { DesktopRows } from './desktop-rows.tsx';
import { TestClockForm } from './test-clock-form.tsx';

/** `/settings/server`: where this program answers, and how that is changed. */
export function ServerSettings(): JSX.Element {
  const { t } = useLingui();
  return (
    <DetailPage title={t`Server`} crumbs={[]} tabs={useSettingsTabs()}>
      <Stack p="lg" gap="lg" maw={760}>
        <StateBoundary query={useServerFacts()} rows={8}>
          {({ server }) => (
            <>
              <ServerFacts server={server} />
              {server.is_sandbox && <TestClockForm />}
              <DesktopRows />
              <StartHelp server={server} />
              <ProxyHelp server={server} />
            </>
          )}
        </StateBoundary>
      </Stack>
    </DetailPage>
  );
}

function ServerFacts({ server }: { readonly server: ServerAnswer }): JSX.Element {
  const { t } = useLingui();
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          [t`Address`, <CopyId key="url" value={server.base_url} label={t`the address`} isWhole />],
          [t`Port`, String(server.port)],
          [
            t`Reached by`,
            server.is_loopback ? (
              <StatusBadge key="reach" tone="green" label={t`Programs on this computer only`} />
            ) : (
              <StatusBadge key="reach" tone="amber" isWarning label={t`Every computer that reaches ${server.host}`} />
            ),
          ],
          [t`Books`, server.is_sandbox ? t`A sandbox with a clock of its own` : t`Live`],
          [t`Data folder`, <CopyId key="folder" value={server.data_folder} label={t`the data folder`} isWhole />],
          [t`Version`, server.version],
          [t`Runs on`, `Node ${server.node_version}, ${server.platform}`],
          [t`Started`, <Time key="started" at={server.started_at} />],
        ]}
      />
      <Text size="sm" c="dimmed">
        <SecretStoreText />
      </Text>
    </Stack>
  );
}

function StartHelp({ server }: { readonly server: ServerAnswer }): JSX.Element {
  const sandbox = server.is_sandbox ? ' --sandbox' : '';
  const command = `meterbook serve --port 4000 --data-dir '${server.data_folder}'${sandbox}`;
  return (
    <Stack gap="xs">
      <Title order={2}>
        <Trans>Another port or address</Trans>
      </Title>
      <Text size="sm">
        <Trans>Port and address are chosen when the program is started. Stop it, then start it again:</Trans>
      </Text>
      <Code block fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {command}
      </Code>
      <Text size="sm" c="dimmed">
        <Trans>
          A port that is taken is an error, never silently another; <Code>--port 0</Code> picks a free one. <Code>--host</Code> opens it to
          other computers, with a second flag that says that this is meant.
        </Trans>
      </Text>
    </Stack>
  );
}

function ProxyHelp({ server }: { readonly server: ServerAnswer }): JSX.Element {
  return (
    <Stack gap="xs">
      <Title order={2}>
        <Trans>TLS and proxies</Trans>
      </Title>
      <Text size="sm">
        <Trans>
          The program speaks plain HTTP and stays on this computer. To reach it from elsewhere, put a proxy with TLS before it that forwards
          to <Code>{server.base_url}</Code> and sends exactly that as Host: other names are refused, which keeps web pages of strangers out.
        </Trans>
      </Text>
      <Text size="sm" c="dimmed">
        <Trans>Let the proxy pass bodies of up to 10 MB, and answers that are sent in pieces without gathering them.</Trans>
      </Text>
    </Stack>
  );
}
