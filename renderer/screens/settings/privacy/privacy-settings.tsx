import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMemo, type JSX } from 'react';
import type { TelemetryAnswer } from '../../../../shared/internal/telemetry.ts';
import { usePageActions } from '../../../actions.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { DetailPage } from '../../../components/detail-page.tsx';
import { JsonView } from '../../../components/json-view.tsx';
import { StateBoundary } from '../../../components/states.tsx';
import { CopyId } from '../../../components/values.tsx';
import { useSettingsTabs } from '../settings-tabs.tsx';
import { MessageFields } from './message-fields.tsx';
import { MessageLog } from './message-log.tsx';
import { NeverSent, TelemetrySwitch } from './telemetry-switch.tsx';
import { useInstallationReset, useTelemetry } from './telemetry-query.ts';

/** `/settings/privacy`: what this program tells about its use, and everything that it ever told. Rule: ui.md § 4.12. */
export function PrivacySettings(): JSX.Element {
  const { t } = useLingui();
  return (
    <DetailPage title={t`Privacy`} crumbs={[]} tabs={useSettingsTabs()}>
      <Stack p="lg" gap="xl" maw={760}>
        <StateBoundary query={useTelemetry()} rows={10}>
          {(telemetry) => <Telemetry telemetry={telemetry} />}
        </StateBoundary>
      </Stack>
    </DetailPage>
  );
}

function Telemetry({ telemetry }: { readonly telemetry: TelemetryAnswer }): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <Stack gap="md">
        <TelemetrySwitch telemetry={telemetry} />
        <NeverSent />
      </Stack>
      <Installation id={telemetry.installation_id} />
      <Stack gap="sm">
        <Title order={2}>
          <Trans>Messages</Trans>
        </Title>
        <Text size="sm" c="dimmed">
          <Trans>The last 200, exactly as they left.</Trans>
        </Text>
        <MessageLog />
      </Stack>
      <Stack gap="sm">
        <Title order={2}>
          <Trans>What a message would say now</Trans>
        </Title>
        <JsonView value={telemetry.example} label={t`Example message`} maxHeight={320} />
      </Stack>
      <Stack gap="sm">
        <Title order={2}>
          <Trans>What a message can contain</Trans>
        </Title>
        <MessageFields schema={telemetry.schema} />
      </Stack>
    </>
  );
}

function Installation({ id }: { readonly id: string }): JSX.Element {
  const { t } = useLingui();
  const reset = useInstallationReset();
  const { mutate } = reset;
  usePageActions(
    useMemo(
      () => [{ id: 'reset-installation-id', label: msg`Reset the installation id`, group: 'page' as const, run: () => mutate(null) }],
      [mutate],
    ),
  );
  return (
    <Stack gap="xs">
      <Title order={2}>
        <Trans>Installation id</Trans>
      </Title>
      <Text size="sm" c="dimmed">
        <Trans>A random number that tells messages of one workspace from those of others. After a reset nothing joins the two.</Trans>
      </Text>
      <Group gap="sm">
        <CopyId value={id} label={t`the installation id`} />
        <Button variant="default" loading={reset.isPending} onClick={() => mutate(null)}>
          <Trans>Reset</Trans>
        </Button>
      </Group>
      {reset.error !== null && <RefusedNote error={reset.error} />}
    </Stack>
  );
}
