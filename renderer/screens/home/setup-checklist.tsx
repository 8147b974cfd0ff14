import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Text } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { SetupAnswer } from '../../../shared/internal/home.ts';
import classes from './home.module.css';
import { useNoteSeen } from './note-seen.ts';
import { Section } from './section.tsx';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly to: string;
  readonly isDone: boolean;
}

/** The way to the first invoice, until it was walked or put away. */
export function SetupChecklist({ setup }: { readonly setup: SetupAnswer }): JSX.Element | null {
  const { t } = useLingui();
  const noteSeen = useNoteSeen();
  const steps = useSteps(setup);
  const next = steps.find(({ isDone }) => !isDone);
  if (setup.is_checklist_dismissed || next === undefined) return null;
  return (
    <Section
      title={t`On the way to your first invoice`}
      summary={<TemplateHint isNew={!setup.has_metric && !setup.has_plan} />}
      actions={
        <Button variant="subtle" color="gray" onClick={() => void noteSeen({ is_checklist_dismissed: true })}>
          <Trans>Dismiss</Trans>
        </Button>
      }
    >
      <ol className={classes['steps']} data-tour="checklist">
        {steps.map((step) => (
          <li key={step.id} className={classes['step']} data-done={step.isDone} data-next={step === next}>
            {step.isDone ? <IconCircleCheckFilled size={17} aria-label={t`done`} /> : <IconCircleDashed size={17} aria-label={t`to do`} />}
            <div>
              {step.isDone ? (
                <Text size="sm">{step.title}</Text>
              ) : (
                <Anchor fz="sm" fw={500} renderRoot={(props) => <Link to={step.to} {...props} />}>
                  {step.title}
                </Anchor>
              )}
              <Text size="xs" c="dimmed">
                {step.text}
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

const TEMPLATES: string = '/templates';

function TemplateHint({ isNew }: { readonly isNew: boolean }): JSX.Element | null {
  if (!isNew) return null;
  return (
    <Trans>
      A{' '}
      <Anchor fz="xs" renderRoot={(props) => <Link to={TEMPLATES} {...props} />} underline="always">
        template
      </Anchor>{' '}
      makes a metric and a plan in one step.
    </Trans>
  );
}

function useSteps(setup: SetupAnswer): readonly Step[] {
  const { t } = useLingui();
  return [
    {
      id: 'metric',
      title: t`Define a billable metric`,
      text: t`What is counted, by code.`,
      to: '/billable-metrics/new',
      isDone: setup.has_metric,
    },
    { id: 'plan', title: t`Make a plan`, text: t`A base fee, and a price for the metric.`, to: '/plans/new', isDone: setup.has_plan },
    { id: 'customer', title: t`Add a customer`, text: t`Who pays.`, to: '/customers/new', isDone: setup.has_customer },
    {
      id: 'subscription',
      title: t`Assign the plan`,
      text: t`From the customer’s page.`,
      to: '/customers',
      isDone: setup.has_subscription,
    },
    { id: 'event', title: t`Send an event`, text: t`By the API, or a test event.`, to: '/events', isDone: setup.has_event },
    {
      id: 'preview',
      title: t`Look at the first invoice`,
      text: t`Open a row under Upcoming invoices.`,
      to: '/',
      isDone: setup.has_preview,
    },
  ];
}
