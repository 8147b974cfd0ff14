import { Trans, useLingui } from '@lingui/react/macro';
import { Tour as Steps } from '@mantine/core';
import type { JSX } from 'react';
import { endTour, useTour } from './tour-state.ts';

/** Five places to know, one after the other. Escape ends it. */
export function Tour(): JSX.Element | null {
  const { t } = useLingui();
  const isRunning = useTour((state) => state.isRunning);
  if (!isRunning) return null;
  return (
    <Steps
      active
      onClose={endTour}
      closeOnOverlayClick
      stepTransitionDuration={0}
      transitionProps={{ duration: 0 }}
      styles={{ stepCounter: { color: 'var(--mantine-color-dimmed)' } }}
      labels={{
        skip: t`Skip the tour`,
        back: t`Back`,
        next: t`Next`,
        close: t`Done`,
        stepCounter: (current, total) => t`${current} of ${total}`,
      }}
    >
      <Steps.Step target="[data-tour='organization']" position="right-start" title={t`Your organization`}>
        <Trans>Whose books these are, which version keeps them and in which folder. Diagnostics are copied from here.</Trans>
      </Steps.Step>
      <Steps.Step target="[data-area='/plans']" position="right" title={t`The catalogue`}>
        <Trans>
          Billable metrics say what is counted, plans what it costs. The plan editor shows the price of every unit while you type.
        </Trans>
      </Steps.Step>
      <Steps.Step target="[data-area='/customers']" position="right" title={t`Customers`}>
        <Trans>
          Each has subscriptions, running usage and invoices. Whatever bills, changes or ends something shows first what it will do.
        </Trans>
      </Steps.Step>
      <Steps.Step target="[data-area='/events']" position="right" title={t`Events`}>
        <Trans>Everything your own program sends arrives here, live, with the reason when it counts for nothing.</Trans>
      </Steps.Step>
      <Steps.Step target="footer" position="top" title={t`By keyboard`}>
        <Trans>
          Control K, or Command K, finds every object and every action. A question mark lists the shortcuts. This line says whether the
          server answers.
        </Trans>
      </Steps.Step>
    </Steps>
  );
}
