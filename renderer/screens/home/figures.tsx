import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import type { InvoicedAnswer, InvoicedMonths, RunningAnswer } from '../../../shared/internal/home.ts';
import { ErrorState } from '../../components/states.tsx';
import { Money, Nothing } from '../../components/values.tsx';
import { formatMonth } from '../../format/dates.ts';
import { formatMoney, formatUnits } from '../../format/money.ts';
import classes from './home.module.css';
import { Section } from './section.tsx';
import { useHome } from './use-home.ts';

/** What was invoiced, what runs, and for how many. */
export function Figures({ running }: { readonly running: RunningAnswer }): JSX.Element {
  const { t } = useLingui();
  const invoiced = useHome<InvoicedAnswer>('invoiced');
  const month = invoiced.data?.currencies[0]?.month;
  return (
    <Section title={t`Revenue`}>
      {invoiced.isError && <ErrorState error={invoiced.error} onRetry={() => void invoiced.refetch()} />}
      <dl className={classes['figures']}>
        {month !== undefined && (
          <Figure label={t`Invoiced in ${formatMonth(month)}`}>
            {invoiced.data?.currencies.map((months) => (
              <Amount
                key={months.currency}
                amount={<Money cents={months.amount_cents} currency={months.currency} />}
                note={<BeforeThat months={months} />}
              />
            ))}
          </Figure>
        )}
        <Figure label={t`Running usage, not billed yet`}>
          {running.currencies.length === 0 && <Amount amount={<Nothing />} note={<Trans>No subscription is active</Trans>} />}
          {running.currencies.map(({ currency, amount_cents: cents, subscriptions_count: count }) => (
            <Amount
              key={currency}
              amount={<Money cents={cents} currency={currency} />}
              note={<Plural value={count} one="# subscription, before taxes" other="# subscriptions, before taxes" />}
            />
          ))}
        </Figure>
        <Figure label={t`Active subscriptions`}>
          <Amount amount={<span className="number">{formatUnits(running.subscriptions_count)}</span>} />
        </Figure>
      </dl>
      <StillAddingUp running={running} />
    </Section>
  );
}

/** A figure, once for each currency. */
function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div className={classes['figure']}>
      <dt>{label}</dt>
      {children}
    </div>
  );
}

function Amount({ amount, note }: { readonly amount: ReactNode; readonly note?: ReactNode }): JSX.Element {
  return (
    <dd>
      <span className={classes['amount']}>{amount}</span>
      {note !== undefined && (
        <Text size="xs" c="dimmed" component="span">
          {note}
        </Text>
      )}
    </dd>
  );
}

function BeforeThat({ months }: { readonly months: InvoicedMonths }): JSX.Element {
  const amount = formatMoney(months.previous_amount_cents, months.currency);
  return (
    <Trans>
      {amount} in {formatMonth(months.previous_month)}
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
