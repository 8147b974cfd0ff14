import { useLingui as useI18n } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { List, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { AssignPreviewAnswer } from '../../../shared/internal/effects.ts';
import type { PeriodAnswer } from '../../../shared/internal/subscriptions.ts';
import { Day, Period } from '../../components/values.tsx';
import { periodWords } from '../subscriptions/interval-words.ts';
import { EffectSummary } from './effect-list.tsx';
import { PreviewedInvoiceView } from './previewed-invoice-view.tsx';

/** The next periods of a new subscription and the lines of its first invoice. Rule: ui.md § 4.2 "Assign plan". */
export function AssignEffect({ answer }: { readonly answer: AssignPreviewAnswer }): JSX.Element {
  const { first_invoice: first } = answer;
  return (
    <>
      <Start answer={answer} />
      <EffectSummary effects={answer} />
      <NextPeriods answer={answer} />
      {first !== null && (
        <PreviewedInvoiceView
          invoice={first}
          title={
            <Trans>
              First invoice, <Day on={first.issuing_date} />
            </Trans>
          }
        />
      )}
      {first !== null && answer.invoices.length === 0 && (
        <Text size="xs" c="dimmed">
          <Trans>With the usage known now. What the customer’s other subscriptions bill on the same day goes on the same invoice.</Trans>
        </Text>
      )}
    </>
  );
}

function Start({ answer }: { readonly answer: AssignPreviewAnswer }): JSX.Element {
  return (
    <Text size="sm" component="div">
      {answer.status === 'pending' ? (
        <Trans>
          Waits, and starts on <Day on={answer.starts_on} />.
        </Trans>
      ) : (
        <Trans>
          Active at once, from <Day on={answer.starts_on} /> on.
        </Trans>
      )}{' '}
      {answer.trial_ends_on !== null && (
        <Trans>
          No base fee before the trial ends on <Day on={answer.trial_ends_on} />.
        </Trans>
      )}{' '}
      {answer.has_monthly_charges && <Trans>Usage is billed every month.</Trans>}
    </Text>
  );
}

function NextPeriods({ answer }: { readonly answer: AssignPreviewAnswer }): JSX.Element {
  const { _ } = useI18n();
  const words = _(periodWords(answer.interval, answer.billing_time));
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        <Trans>Next periods, {words}</Trans>
      </Text>
      <List size="sm" listStyleType="none" data-periods>
        {answer.periods.map((period) => (
          <List.Item key={period.from}>
            <Period from={period.from} to={period.to} /> <DayCount period={period} />
          </List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed">
        <Trans>Days of {answer.time_zone}, both included.</Trans>
      </Text>
    </Stack>
  );
}

function DayCount({ period }: { readonly period: PeriodAnswer }): JSX.Element {
  return (
    <Text span size="xs" c="dimmed" className="number">
      {period.days === period.period_days ? (
        <Trans>{period.days} days</Trans>
      ) : (
        <Trans>
          {period.days} of {period.period_days} days
        </Trans>
      )}
    </Text>
  );
}
