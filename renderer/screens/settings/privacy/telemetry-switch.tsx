import { Trans, useLingui } from '@lingui/react/macro';
import { Code, Stack, Switch, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { TelemetryAnswer } from '../../../../shared/internal/telemetry.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { Time } from '../../../components/values.tsx';
import { useAnnouncement, useTelemetrySwitch } from './telemetry-query.ts';

/** The switch, and what it comes to. Showing it is the announcement. */
export function TelemetrySwitch({ telemetry }: { readonly telemetry: TelemetryAnswer }): JSX.Element {
  const { t } = useLingui();
  const change = useTelemetrySwitch();
  useAnnouncement(telemetry);
  const isEnforced = telemetry.enforced_by !== null;
  return (
    <Stack gap="sm">
      <Switch
        size="sm"
        label={t`Tell the makers of Meterbook how much it is used`}
        description={t`One message a day with coarse counts and which features are in use. It helps to decide what to work on.`}
        checked={telemetry.is_on && !isEnforced}
        disabled={isEnforced || change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <Text size="sm" c="dimmed" component="div" role="status">
        <Consequence telemetry={telemetry} />
      </Text>
      {change.error !== null && <RefusedNote error={change.error} />}
    </Stack>
  );
}

function Consequence({ telemetry }: { readonly telemetry: TelemetryAnswer }): JSX.Element {
  const { enforced_by: variable, collector_url: url, next_at: nextAt } = telemetry;
  if (variable !== null) {
    return (
      <Trans>
        Off, and held there by the environment variable <Code>{variable}</Code>. Nothing is sent, and nothing is kept to be sent later.
      </Trans>
    );
  }
  if (url === null) return <Trans>This build knows no collector: it sends nothing, wherever the switch stands.</Trans>;
  if (telemetry.is_sandbox) return <Trans>A sandbox sends nothing, wherever the switch stands.</Trans>;
  if (!telemetry.is_on) return <Trans>Off. Nothing is sent, and nothing is kept to be sent later.</Trans>;
  return (
    <Trans>
      The next message goes to <Code>{url}</Code> at <Time at={nextAt} /> at the earliest.
    </Trans>
  );
}

/** What never leaves, and how to be sure of it. */
export function NeverSent(): JSX.Element {
  return (
    <Text size="sm">
      <Trans>
        Never sent: names, e-mail addresses, amounts, codes, external ids, addresses, file paths. A message has no place for a text that
        somebody typed.
      </Trans>
    </Text>
  );
}
