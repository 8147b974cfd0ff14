import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import type { InvoicedAnswer, InvoicedMonths, RunningAnswer } from '../../../shared/internal/home.ts';
import { ErrorState } from '../../components/states.tsx';
import { Money, Nothing } from '../../components/values.tsx';
import { formatMonth } from '../../format/dates.ts';
import { formatMoney, formatRate, formatUnits } from '../../format/money.ts';
import classes from './home.module.css';
import { Section } from './section.tsx';
import { useHome } from './use-home.ts';

/** What was invoiced, what runs, and for how many. */
export function Figures({ running }: { readonly running: RunningAnswer }): JSX.Element {
  const { t } = useLingui();
  const invoiced = useHome<InvoicedAnswer>('invoiced');
  return (
    <Section title={t`Revenue`}>
      {invoiced.isError && <ErrorState error={invoiced.error} onRetry={() => void invoiced.refetch()} />}
      <dl className={classes['figures']}>
        {invoiced.data?.currencies.map((months) => (
          <Figure
            key={months.currency}
            label={t`Invoiced in ${formatMonth(months.month)}`}
            amount={<Money cents={months.amount_cents} currency={months.currency} />}
            note={<BeforeThat months={months} />}
          />
        ))}
        {running.currencies.map(({ currency, amount_cents: cents, subscriptions_count: count }) => (
          <Figure
            key={currency}
            label={t`Running usage, not billed yet`}
            amount={<Money cents={cents} currency={currency} />}
            note={<Plural value={count} one="# subscription, before taxes" other="# subscriptions, before taxes" />}
          />
        ))}
        {running.currencies.length === 0 && (
          <Figure label={t`Running usage, not billed yet`} amount={<Nothing />} note={<Trans>No subscription is active</Trans>} />
        )}
        <Figure label={t`Active subscriptions`} amount={<span className="number">{formatUnits(running.subscriptions_count)}</span>} />
      </dl>
      <StillAddingUp running={running} />
    </Section>
  );
}

interface FigureProps {
  readonly label: string;
  readonly amount: ReactNode;
  readonly note?: ReactNode;
}

function Figure({ label, amount, note }: FigureProps): JSX.Element {
  return (
    <div className={classes['figure']}>
      <dt>{label}</dt>
      <dd className={classes['amount']}>{amount}</dd>
      {note !== undefined && (
        <dd>
          <Text size="xs" c="dimmed" component="span">
            {note}
          </Text>
        </dd>
      )}
    </div>
  );
}

function BeforeThat({ months }: { readonly months: InvoicedMonths }): JSX.Element {
  const amount = formatMoney(months.previous_amount_cents, months.currency);
  const month = formatMonth(months.previous_month);
  if (months.change_percent === null)
    return (
      <Trans>
        {amount} in {month}
      </Trans>
    );
  const change = months.change_percent.startsWith('-') ? formatRate(months.change_percent) : `+${formatRate(months.change_percent)}`;
  return (
    <Trans>
      {amount} in {month} ({change})
    </Trans>
  );
}

/** Many subscriptions are added up in several steps: until then the sums are not of now. */
function StillAddingUp({ running }: { readonly running: RunningAnswer }): JSX.Element | null {
  const { outdated_count: outdated, subscriptions_count: all, left_out_customers: leftOut } = running;
  if (outdated === 0 && leftOut.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" mt={6} role="status">
      {outdated > 0 && (
        <Trans>
          Still adding up: {formatUnits(outdated)} of {formatUnits(all)} subscriptions are not of this moment.
        </Trans>
      )}{' '}
      {leftOut.length > 0 && (
        <Trans>
          Left out, since their usage comes to more than an invoice can carry: <bdi>{leftOut.map(({ name }) => name).join(', ')}</bdi>
        </Trans>
      )}
    </Text>
  );
}
