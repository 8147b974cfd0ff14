import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import { JsonView } from '../../components/json-view.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { NeverSent, TelemetrySwitch } from '../settings/privacy/telemetry-switch.tsx';
import { useTelemetry } from '../settings/privacy/telemetry-query.ts';

interface PrivacyStepProps {
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Whether usage is told, decided before anything is. */
export function PrivacyStep({ onBack, onDone }: PrivacyStepProps): JSX.Element {
  const { t } = useLingui();
  return (
    <Stack gap="lg">
      <StateBoundary query={useTelemetry()} rows={8}>
        {(telemetry) => (
          <Stack gap="md">
            <TelemetrySwitch telemetry={telemetry} />
            <NeverSent />
            <Text size="sm" fw={600}>
              <Trans>A whole message, as it would be sent now</Trans>
            </Text>
            <JsonView value={telemetry.example} label={t`Example message`} maxHeight={240} />
            <Text size="xs" c="dimmed">
              <Trans>The switch, and every message that was sent, are in the settings under Privacy.</Trans>
            </Text>
          </Stack>
        )}
      </StateBoundary>
      <Group justify="space-between">
        <Button size="sm" variant="default" onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
        <Button size="sm" onClick={onDone}>
          <Trans>Continue</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
