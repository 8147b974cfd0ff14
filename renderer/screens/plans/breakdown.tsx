import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX } from 'react';
import type { PlanTotalsAnswer } from '../../../shared/internal/price.ts';
import { Money, Nothing } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import type { CalculatedCharge } from './calculator.tsx';
import classes from './plans.module.css';
import { StepWords } from './step-words.tsx';
import type { LastPrice, Price } from './use-price.ts';

/** Base fee, each charge with its arithmetic, minimum, total: as the engine answered them. */
export function Breakdown({ price, charges }: { readonly price: Price; readonly charges: readonly CalculatedCharge[] }): JSX.Element {
  const { answer } = price;
  const currency = answer?.currency ?? 'USD';
  const totals = answer?.totals ?? null;
  return (
    <dl className={classes['rows']} aria-live="polite" style={{ margin: 0 }}>
      <dt>
        <Trans>Base fee</Trans>
      </dt>
      <dd>
        <Money cents={totals?.base_fee_cents} currency={currency} />
      </dd>
      {charges.map((charge) => (
        <ChargeRows key={charge.key} charge={charge} last={price.chargeOf(charge.key)} currency={currency} />
      ))}
      {totals !== null && <TotalRows totals={totals} currency={currency} isComplete={answer?.is_complete ?? true} />}
    </dl>
  );
}

interface ChargeRowsProps {
  readonly charge: CalculatedCharge;
  readonly last: LastPrice | null;
  readonly currency: string;
}

function ChargeRows({ charge, last, currency }: ChargeRowsProps): JSX.Element {
  const { t } = useLingui();
  const stale = last?.isStale === true ? classes['stale'] : undefined;
  return (
    <>
      <dt className={stale}>
        <bdi>{charge.name}</bdi>
      </dt>
      <dd className={stale} data-testid={`charge-amount-${charge.name}`}>
        {last === null ? <Nothing /> : <Money cents={last.charge.amount_cents} currency={currency} />}
      </dd>
      {last?.charge.fees.map((fee) => {
        const filter = fee.filter_index === null ? null : (charge.filters[fee.filter_index]?.name ?? null);
        const rest = charge.filters.length > 0 && !fee.is_true_up ? t`everything else` : null;
        const name = filter ?? rest;
        return (
          <dd key={`${String(fee.filter_index)} ${String(fee.is_true_up)}`} className={`${classes['words'] ?? ''} ${stale ?? ''}`}>
            {name !== null && (
              <div>
                <bdi>{name}</bdi>: {formatMoney(fee.amount_cents, currency)}
              </div>
            )}
            <StepWords fee={fee} model={charge.model} currency={currency} />
          </dd>
        );
      })}
    </>
  );
}

function TotalRows({
  totals,
  currency,
  isComplete,
}: {
  readonly totals: PlanTotalsAnswer;
  readonly currency: string;
  readonly isComplete: boolean;
}): JSX.Element {
  const usage = formatMoney(totals.usage_cents, currency);
  const months = totals.charge_periods;
  return (
    <>
      {months > 1 && (
        <>
          <dt>
            <Trans>Usage of the whole period</Trans>
          </dt>
          <dd>
            <Money cents={totals.period_usage_cents} currency={currency} />
          </dd>
          <dd className={classes['words']}>
            <Plural value={months} one={`# month of ${usage}`} other={`# months of ${usage}`} />
          </dd>
        </>
      )}
      {totals.commitment_cents !== null && (
        <>
          <dt>
            <Trans>Minimum commitment</Trans>
          </dt>
          <dd>
            <Money cents={totals.commitment_true_up_cents} currency={currency} />
          </dd>
          <dd className={classes['words']}>
            <Trans>Raises the period to {formatMoney(totals.commitment_cents, currency)}</Trans>
          </dd>
        </>
      )}
      <dt className={classes['total']}>
        <Trans>Total</Trans>
      </dt>
      <dd className={classes['total']} data-testid="calculator-total">
        <Money cents={totals.total_cents} currency={currency} />
      </dd>
      {!isComplete && (
        <dd className={classes['words']}>
          <Text size="xs" c="var(--ink-amber)" span>
            <Trans>Charges that are not right yet are not in it.</Trans>
          </Text>
        </dd>
      )}
    </>
  );
}
