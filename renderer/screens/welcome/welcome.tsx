import { Trans, useLingui } from '@lingui/react/macro';
import { Box, Button, Group, Stack, Stepper, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type JSX } from 'react';
import { ConnectionBanner } from '../../shell/connection-banner.tsx';
import { useNoteSeen } from '../home/note-seen.ts';
import { OrganizationStep } from './organization-step.tsx';
import { PrivacyStep } from './privacy-step.tsx';
import { ServerStep } from './server-step.tsx';
import { StartStep } from './start-step.tsx';
import { startTour } from './tour-state.ts';

/** `/welcome`: from an empty workspace to the first call. Shown once; everything in it is in the settings, too. Rule: ui.md § 4.13. */
export function Welcome(): JSX.Element {
  const { t } = useLingui();
  const [step, setStep] = useState(0);
  const leave = useLeave();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${t`Welcome`} · Meterbook`;
  }, [t]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  return (
    <Box component="main" mih="100dvh" bg="var(--ground)">
      <ConnectionBanner />
      <Stack maw={880} mx="auto" px="lg" py={48} gap="xl">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={1} ref={heading} tabIndex={-1}>
              <Trans>Welcome to Meterbook</Trans>
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              <Trans>Events in, invoices out, on this computer. Four steps, all of them optional.</Trans>
            </Text>
          </div>
          <Button variant="subtle" color="gray" onClick={() => void leave()}>
            <Trans>Skip</Trans>
          </Button>
        </Group>
        <Stepper active={step} onStepClick={setStep} size="sm" iconSize={28}>
          <Stepper.Step label={t`Start`} description={t`Empty books or a sample`} />
          <Stepper.Step label={t`Organization`} description={t`Name, currency, time zone`} />
          <Stepper.Step label={t`Privacy`} description={t`What is told about use`} />
          <Stepper.Step label={t`Server`} description={t`Address and a first key`} />
        </Stepper>
        {step === 0 && <StartStep onEmpty={() => setStep(1)} onSample={() => void leave({ withTour: true })} />}
        {step === 1 && <OrganizationStep onBack={() => setStep(0)} onSaved={() => setStep(2)} />}
        {step === 2 && <PrivacyStep onBack={() => setStep(1)} onDone={() => setStep(3)} />}
        {step === 3 && <ServerStep onBack={() => setStep(2)} onDone={(withTour) => void leave({ withTour })} />}
      </Stack>
    </Box>
  );
}

const HOME: string = '/';

/** Home, where the welcome does not come again. */
function useLeave(): (how?: { readonly withTour: boolean }) => Promise<void> {
  const navigate = useNavigate();
  const noteSeen = useNoteSeen();
  return async (how) => {
    await noteSeen({ is_welcomed: true });
    if (how?.withTour === true) startTour();
    await navigate({ to: HOME });
  };
}
