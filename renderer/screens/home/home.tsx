import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, SimpleGrid, Stack } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { Link, Navigate } from '@tanstack/react-router';
import { useMemo, type JSX } from 'react';
import type { RunningAnswer, SetupAnswer } from '../../../shared/internal/home.ts';
import { usePageActions } from '../../actions.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { startTour } from '../welcome/tour-state.ts';
import { Tour } from '../welcome/tour.tsx';
import { Attention } from './attention.tsx';
import { EventHours } from './event-hours.tsx';
import { Figures } from './figures.tsx';
import { SampleBadge } from './sample-badge.tsx';
import { SetupChecklist } from './setup-checklist.tsx';
import { TopCustomers } from './top-customers.tsx';
import { Upcoming } from './upcoming.tsx';
import { useEventsOnHome, useHome } from './use-home.ts';

const WELCOME: string = '/welcome';
const NEW_CUSTOMER: string = '/customers/new';

/** `/`: is billing healthy, and what needs me? Rule: ui.md § 4.1. */
export function Home(): JSX.Element {
  const { t } = useLingui();
  const setup = useHome<SetupAnswer>('setup');
  usePageActions(useMemo(() => [{ id: 'take-tour', label: msg`Take the tour`, group: 'help' as const, run: startTour }], []));
  if (setup.data?.is_welcome_due === true) return <Navigate to={WELCOME} replace />;
  return (
    <>
      <PageHeader title={t`Home`} badge={<SampleBadge />} actions={setup.data?.has_plan === true && <NewCustomer />} />
      <StateBoundary query={setup} rows={8}>
        {(answer) => <Parts setup={answer} />}
      </StateBoundary>
      <Tour />
    </>
  );
}

function NewCustomer(): JSX.Element {
  return (
    <Button
      variant="default"
      leftSection={<IconUserPlus size={15} aria-hidden />}
      renderRoot={(props) => <Link to={NEW_CUSTOMER} {...props} />}
    >
      <Trans>New customer</Trans>
    </Button>
  );
}

function Parts({ setup }: { readonly setup: SetupAnswer }): JSX.Element {
  const running = useHome<RunningAnswer>('running');
  useEventsOnHome();
  return (
    <div style={{ flex: 1, minHeight: 0, overflow: 'auto' }} data-scroller tabIndex={-1}>
      <Stack gap="xl" px="lg" pt={4} pb="xl" maw={1240}>
        <Attention />
        <SetupChecklist setup={setup} />
        <StateBoundary query={running} rows={6}>
          {(amounts) => (
            <>
              <Figures running={amounts} />
              <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="xl">
                <Upcoming running={amounts} />
                <TopCustomers running={amounts} />
              </SimpleGrid>
            </>
          )}
        </StateBoundary>
        <EventHours />
      </Stack>
    </div>
  );
}
