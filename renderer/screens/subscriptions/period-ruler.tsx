import { Trans, useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import type { PeriodAnswer } from '../../../shared/internal/subscriptions.ts';
import { Period } from '../../components/values.tsx';
import classes from './period-ruler.module.css';

/** Periods side by side: those that are over, the running one, those that come. Days as the engine has them, both included. */
export function PeriodRuler({ periods }: { readonly periods: readonly PeriodAnswer[] }): JSX.Element {
  const { t } = useLingui();
  const words = { past: t`Past`, current: t`Now`, next: t`Next` };
  return (
    <ol className={classes['ruler']} aria-label={t`Billing periods`} tabIndex={0}>
      {periods.map((period) => (
        <li
          key={period.from}
          className={classes['period']}
          data-state={period.state}
          aria-current={period.state === 'current' ? 'date' : undefined}
        >
          <span className={classes['state']}>{words[period.state]}</span>
          <Period from={period.from} to={period.to} />
          <span className={classes['days']}>
            {period.days === period.period_days ? (
              <Trans>{period.days} days</Trans>
            ) : (
              <Trans>
                {period.days} of {period.period_days} days
              </Trans>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
