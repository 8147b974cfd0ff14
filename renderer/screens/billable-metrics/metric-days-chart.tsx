import { useLingui } from '@lingui/react/macro';
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { JSX } from 'react';
import type { MetricDay } from '../../../shared/internal/metrics.ts';
import { formatDay, formatWeekday } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';

interface MetricDaysChartProps {
  readonly days: readonly MetricDay[];
  readonly height: number;
}

/** Not at the ends, where half a word would be cut off. */
const FIRST_TICK = 3;
const TICK_DAYS = 7;

/** The picture. Loaded when it is shown: the chart library is heavy. Arrow keys step through the days. */
export default function MetricDaysChart({ days, height }: MetricDaysChartProps): JSX.Element {
  const { t } = useLingui();
  const points = days.map(({ date, events_count: events }) => ({ date, events }));
  const ticks = days.filter((_, index) => index % TICK_DAYS === FIRST_TICK).map(({ date }) => date);
  return (
    <BarChart
      h={height}
      data={points}
      dataKey="date"
      series={[{ name: 'events', label: t`Events`, color: 'accent.5' }]}
      gridAxis="x"
      tickLine="none"
      xAxisProps={{ ticks, interval: 0, tickFormatter: formatWeekday }}
      yAxisProps={{ width: 44, allowDecimals: false, tickFormatter: (value: number) => formatUnits(value) }}
      tooltipProps={{ labelFormatter: (label) => (typeof label === 'string' ? formatDay(label) : '') }}
      valueFormatter={(value) => formatUnits(value)}
      barChartProps={{ accessibilityLayer: true, title: t`Counted events per day, last 30 days` }}
    />
  );
}
