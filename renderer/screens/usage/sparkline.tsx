import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import type { UsageSeriesAnswer, UsageSeriesOfChargeAnswer } from '../../../shared/internal/usage.ts';
import { formatUnits } from '../../format/money.ts';
import { pointTime } from './point-time.ts';

interface SparklineProps {
  readonly name: string;
  readonly span: Pick<UsageSeriesAnswer, 'points_count' | 'step'>;
  readonly series: UsageSeriesOfChargeAnswer;
  readonly timeZone: string;
}

/** Heights come in per cent: the picture is as high, with room for the line's own width. */
const HEIGHT = 100;
const STEP = 10;

/** How a charge's units went over the period: bars for what came in each step, a line for a level. Drawn from heights that the server gives. */
export function Sparkline({ name, span, series, timeZone }: SparklineProps): JSX.Element {
  const { t } = useLingui();
  const { points } = series;
  const highest = points.find((point) => point.height === HEIGHT);
  const last = points.at(-1);
  const lastUnits = formatUnits(last?.units ?? '0');
  const label =
    highest === undefined
      ? t`${name}: nothing yet`
      : t`${name}: highest ${formatUnits(highest.units)} (${pointTime(highest.at, span.step, timeZone)}), latest ${lastUnits}`;
  return (
    <svg
      viewBox={`0 -4 ${String(span.points_count * STEP)} ${String(HEIGHT + 8)}`}
      preserveAspectRatio="none"
      width={120}
      height={22}
      role="img"
      aria-label={label}
      style={{ display: 'block', color: 'var(--mantine-primary-color-filled)' }}
    >
      <title>{label}</title>
      <line x1={0} x2={span.points_count * STEP} y1={HEIGHT} y2={HEIGHT} stroke="var(--line)" strokeWidth={3} />
      {series.kind === 'per_step' ? (
        points.map((point, index) => (
          <rect key={point.at} x={index * STEP + 1} y={HEIGHT - point.height} width={STEP - 2} height={point.height} fill="currentColor" />
        ))
      ) : (
        <polyline
          points={points.map((point, index) => `${String(index * STEP + STEP / 2)},${String(HEIGHT - point.height)}`).join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
