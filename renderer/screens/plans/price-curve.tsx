import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Anchor, Group, SegmentedControl, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { IconTrendingDown } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState, type JSX, type KeyboardEvent } from 'react';
import type { CurvePointAnswer, PriceCurveAnswer } from '../../../shared/internal/price.ts';
import { formatMoney, formatUnits } from '../../format/money.ts';
import classes from './plans.module.css';
import { shortUnitPrice, shortUnits } from './short-units.ts';

const CurveChart = lazy(async () => ({ default: (await import('./price-curve-chart.tsx')).PriceCurveChart }));

export const CHART_HEIGHT = 220;
const LARGE_STEP = 10;

/** Which of the two a curve shows. */
export type CurveView = 'total' | 'unit';

interface PriceCurveProps {
  readonly curve: PriceCurveAnswer;
  readonly currency: string;
  /** The units that the calculator is asked about: the dot. */
  readonly units: string;
  /** What is priced: the charge's name. */
  readonly label: string;
  readonly isStale?: boolean;
}

/** What each volume costs: a picture that is read with mouse or arrow keys, a sentence, and a table. Rule: ui.md §§ 4.3, 6. */
export function PriceCurve({ curve, currency, units, label, isStale = false }: PriceCurveProps): JSX.Element {
  const { t } = useLingui();
  const [view, setView] = useState<CurveView>('total');
  const [isLogarithmic, setLogarithmic] = useState(false);
  const [isTable, setTable] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const asked = curve.points.findIndex((point) => sameUnits(point.units, units));
  const active = Math.min(chosen ?? (asked === -1 ? 0 : asked), curve.points.length - 1);
  const point = curve.points[active];
  const summary = useSummary({ curve, currency, asked: curve.points[asked] });
  const readingId = useId();
  if (point === undefined) return <Skeleton height={CHART_HEIGHT} />;
  const reading = `${t`${shortUnits(point.units)} units`}: ${formatMoney(point.amount_cents, currency)} · ${t`${shortUnitPrice(point.unit_amount, currency)} per unit`}`;
  return (
    <Stack gap={8} className={isStale ? classes['stale'] : undefined} aria-busy={isStale}>
      <Group gap="sm" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t`What the curve shows`}
          value={view}
          onChange={(value) => setView(value)}
          data={[
            { value: 'total', label: t`Total` },
            { value: 'unit', label: t`Per unit` },
          ]}
        />
        <Switch
          size="xs"
          label={t`Logarithmic`}
          checked={isLogarithmic}
          onChange={(event) => setLogarithmic(event.currentTarget.checked)}
        />
        <Anchor component="button" type="button" size="xs" aria-expanded={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? <Trans>Hide the table</Trans> : <Trans>View as table</Trans>}
        </Anchor>
      </Group>
      <div
        className={classes['curve']}
        role="slider"
        tabIndex={0}
        aria-label={t`Price curve of ${label}`}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={curve.points.length - 1}
        aria-valuenow={active}
        aria-valuetext={reading}
        aria-describedby={readingId}
        onKeyDown={(event) => {
          const next = stepOf(event, active, curve.points.length - 1);
          if (next === null) return;
          event.preventDefault();
          setChosen(next);
        }}
        onMouseLeave={() => setChosen(null)}
        onBlur={() => setChosen(null)}
      >
        <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
          <CurveChart
            points={curve.points}
            edges={curve.edges}
            currency={currency}
            view={view}
            isLogarithmic={isLogarithmic}
            active={active}
            asked={asked === -1 ? null : asked}
            onPoint={setChosen}
          />
        </Suspense>
      </div>
      <Text size="xs" className={`number ${classes['point'] ?? ''}`} data-testid="curve-reading">
        {reading}
      </Text>
      <Text size="xs" c="dimmed" id={readingId}>
        {summary}
      </Text>
      <PriceDrops curve={curve} currency={currency} />
      {isTable && <CurveTable curve={curve} currency={currency} label={label} />}
    </Stack>
  );
}

function stepOf(event: KeyboardEvent, active: number, last: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: active + 1,
    ArrowUp: active + 1,
    ArrowLeft: active - 1,
    ArrowDown: active - 1,
    PageUp: active + LARGE_STEP,
    PageDown: active - LARGE_STEP,
    Home: 0,
    End: last,
  };
  const next = steps[event.key];
  return next === undefined ? null : Math.max(0, Math.min(next, last));
}

/** `1000.0` of the API and `1000` as typed are the same. */
function sameUnits(one: string, other: string): boolean {
  return other.trim() !== '' && Number(one) === Number(other);
}

function useSummary(of: {
  readonly curve: PriceCurveAnswer;
  readonly currency: string;
  readonly asked: CurvePointAnswer | undefined;
}): string {
  const { t } = useLingui();
  const { curve, currency, asked } = of;
  const first = curve.points[0];
  const last = curve.points.at(-1);
  if (first === undefined || last === undefined) return '';
  const from = formatMoney(first.amount_cents, currency);
  const to = formatMoney(last.amount_cents, currency);
  const end = shortUnits(last.units);
  const range = t`From ${from} without usage to ${to} for ${end} units.`;
  if (asked === undefined) return range;
  const askedUnits = shortUnits(asked.units);
  const askedAmount = formatMoney(asked.amount_cents, currency);
  return `${range} ${t`${askedUnits} units cost ${askedAmount}.`}`;
}

/** Mantine's yellow is too pale to be read. */
const AMBER = {
  title: { color: 'var(--ink-amber)' },
  icon: { color: 'var(--ink-amber)' },
  root: { borderColor: 'var(--ink-amber)' },
};

/** Where a higher volume costs less, in words. */
function PriceDrops({ curve, currency }: { readonly curve: PriceCurveAnswer; readonly currency: string }): JSX.Element | null {
  const { t } = useLingui();
  if (curve.drops.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="outline"
      styles={AMBER}
      icon={<IconTrendingDown size={16} />}
      title={t`A higher volume costs less here`}
      p="xs"
    >
      {curve.drops.map(({ from, to, even_again_units: evenAgain }) => {
        const [more, less] = [shortUnits(to.units), shortUnits(from.units)];
        const [cheaper, dearer] = [formatMoney(to.amount_cents, currency), formatMoney(from.amount_cents, currency)];
        const even = evenAgain === null ? null : formatUnits(evenAgain);
        return (
          <Text size="xs" key={from.units}>
            <Trans>
              {more} units cost {cheaper}, and {less} units {dearer}.
            </Trans>{' '}
            {even !== null && <Trans>From {even} units on it costs as much again.</Trans>}
          </Text>
        );
      })}
    </Alert>
  );
}

function CurveTable({ curve, currency, label }: Pick<PriceCurveProps, 'curve' | 'currency' | 'label'>): JSX.Element {
  const { t } = useLingui();
  const edges = new Set(curve.edges.map((edge) => edge.units));
  return (
    <div className={classes['table']} tabIndex={0} role="region" aria-label={t`Prices of ${label}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Units</Trans>
            </th>
            <th scope="col">
              <Trans>Total</Trans>
            </th>
            <th scope="col">
              <Trans>Per unit</Trans>
            </th>
          </tr>
        </thead>
        <tbody className="number">
          {curve.points.map((point) => (
            <tr key={point.units}>
              <td>
                {edges.has(point.units) ? `${t`edge`} · ` : ''}
                {shortUnits(point.units)}
              </td>
              <td>{formatMoney(point.amount_cents, currency)}</td>
              <td>{shortUnitPrice(point.unit_amount, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
