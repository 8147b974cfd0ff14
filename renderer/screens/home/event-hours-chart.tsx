import { useLingui } from '@lingui/react/macro';
import { AreaChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { JSX } from 'react';
import { Temporal } from '../../../shared/dates.ts';
import type { EventHoursAnswer } from '../../../shared/internal/home.ts';
import { formatTime, formatWeekday, windowTimeZone } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';

interface EventHoursChartProps {
  readonly hours: EventHoursAnswer['hours'];
  readonly height: number;
}

/** The picture. Loaded when it is shown: the chart library is heavy. Arrow keys step through the points. */
export default function EventHoursChart({ hours, height }: EventHoursChartProps): JSX.Element {
  const { t } = useLingui();
  const points = hours.map(({ from, events_count: events }) => ({ from, events }));
  const days = hours.map(({ from }) => from).filter((from) => hourOf(from) === 0);
  return (
    <AreaChart
      h={height}
      data={points}
      dataKey="from"
      series={[{ name: 'events', label: t`Events`, color: 'accent.5' }]}
      curveType="linear"
      withDots={false}
      withGradient={false}
      strokeWidth={1.5}
      fillOpacity={0.15}
      gridAxis="x"
      tickLine="none"
      xAxisProps={{ ticks: days, interval: 0, tickFormatter: dayOf }}
      yAxisProps={{ width: 44, allowDecimals: false, tickFormatter: (value: number) => formatUnits(value) }}
      tooltipProps={{ labelFormatter: (label) => (typeof label === 'string' ? formatTime(label) : '') }}
      valueFormatter={(value) => formatUnits(value)}
      areaChartProps={{ accessibilityLayer: true, title: t`Events per hour, last 7 days`, margin: { right: 32 } }}
    />
  );
}

function hourOf(instant: string): number {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(windowTimeZone()).hour;
}

function dayOf(instant: string): string {
  return formatWeekday(Temporal.Instant.from(instant).toZonedDateTimeISO(windowTimeZone()).toPlainDate().toString());
}
