import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, NumberInput, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { DesktopBridge, DesktopSettings, UpdateCommand, UpdateState } from '../../../../shared/desktop-bridge.ts';
import { desktopBridge } from '../../../bridge.ts';
import { useDesktopState } from '../../../state/desktop-state.ts';

/** What only a desktop has: staying, starting at login, its port, and new versions. Not shown in a browser. */
export function DesktopRows(): JSX.Element | null {
  const bridge = desktopBridge();
  return bridge === null ? null : <Rows bridge={bridge} />;
}

function Rows({ bridge }: { readonly bridge: DesktopBridge }): JSX.Element | null {
  const queries = useQueryClient();
  const { data: workspaces } = useQuery({ queryKey: ['workspace'], queryFn: () => bridge.workspaces({ what: 'list' }) });
  if (workspaces === undefined) return null;
  const change = (changes: Partial<DesktopSettings>): void => {
    void bridge.workspaces({ what: 'settings', changes }).then(() => queries.invalidateQueries({ queryKey: ['workspace'] }));
  };
  return (
    <Stack gap="sm">
      <Title order={2}>
        <Trans>This computer</Trans>
      </Title>
      <Habits settings={workspaces.settings} onChange={change} />
      <PortField port={workspaces.settings.port} onChange={change} />
      <Updates bridge={bridge} />
    </Stack>
  );
}

interface HabitsProps {
  readonly settings: DesktopSettings;
  readonly onChange: (changes: Partial<DesktopSettings>) => void;
}

function Habits({ settings, onChange }: HabitsProps): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <Switch
        label={t`Keep running when the last window is closed`}
        description={t`Events are taken in and invoices made all the same.`}
        checked={settings.keepsRunning}
        onChange={(event) => {
          onChange({ keepsRunning: event.currentTarget.checked });
        }}
      />
      <Switch
        label={t`Start when you log in`}
        checked={settings.startsAtLogin}
        onChange={(event) => {
          onChange({ startsAtLogin: event.currentTarget.checked });
        }}
      />
    </>
  );
}

function PortField({ port, onChange }: { readonly port: number; readonly onChange: HabitsProps['onChange'] }): JSX.Element {
  const { t } = useLingui();
  const [value, setValue] = useState<string | number>(port);
  const wanted = Number(value);
  const isPort = Number.isInteger(wanted) && wanted >= 1 && wanted <= 65_535;
  return (
    <Group align="flex-end" gap="xs">
      <NumberInput
        label={t`Port`}
        description={t`The engine starts anew on it.`}
        value={value}
        onChange={setValue}
        allowDecimal={false}
        min={1}
        max={65_535}
        w={160}
      />
      <Button
        variant="default"
        disabled={!isPort || wanted === port}
        onClick={() => {
          onChange({ port: wanted });
        }}
      >
        <Trans>Use this port</Trans>
      </Button>
    </Group>
  );
}

function Updates({ bridge }: { readonly bridge: DesktopBridge }): JSX.Element {
  const { t } = useLingui();
  const state = useDesktopState((desktop) => desktop.update);
  const ask = (what: UpdateCommand['what']): void => {
    void bridge.updates({ what }).then((update) => {
      useDesktopState.setState({ update });
    });
  };
  return (
    <Stack gap={6}>
      {state.kind === 'idle' && (
        <Switch
          label={t`Look for new versions every day`}
          checked={state.isDaily}
          onChange={(event) => {
            ask(event.currentTarget.checked ? 'switch_on' : 'switch_off');
          }}
        />
      )}
      <Group gap="xs">
        <UpdateButton state={state} onAsk={ask} />
        <Text size="sm" c="dimmed" role="status">
          <UpdateText state={state} />
        </Text>
      </Group>
      {'notes' in state && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {state.notes}
        </Text>
      )}
    </Stack>
  );
}

function UpdateButton({
  state,
  onAsk,
}: {
  readonly state: UpdateState;
  readonly onAsk: (what: UpdateCommand['what']) => void;
}): JSX.Element | null {
  if (state.kind === 'available') {
    return (
      <Button variant="default" onClick={() => onAsk('download')}>
        <Trans>Download</Trans>
      </Button>
    );
  }
  if (state.kind === 'off' || state.kind === 'downloading' || state.kind === 'ready') return null;
  return (
    <Button variant="default" loading={state.kind === 'checking'} onClick={() => onAsk('check')}>
      <Trans>Look now</Trans>
    </Button>
  );
}

function UpdateText({ state }: { readonly state: UpdateState }): JSX.Element {
  const { t } = useLingui();
  switch (state.kind) {
    case 'off':
      return <>{t`This build was given no place to look for new versions.`}</>;
    case 'idle':
      return <>{state.checkedAt === null ? t`Not looked for yet.` : t`This is the newest version.`}</>;
    case 'checking':
      return <>{t`Looking…`}</>;
    case 'available':
      return <>{t`Version ${state.version} is there.`}</>;
    case 'downloading':
      return <>{t`Loading version ${state.version}: ${state.percent} %`}</>;
    case 'ready':
      return <>{t`Version ${state.version} is installed when Meterbook quits. A backup is made before it changes your books.`}</>;
    case 'failed':
      return <>{state.sentence}</>;
  }
}
