import { useComputedColorScheme } from '@mantine/core';
import { useMemo, type JSX } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceDot, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { CurvePointAnswer, PriceCurveAnswer } from '../../../shared/internal/price.ts';
import { compactMoney, compactUnits } from './axis-labels.ts';
import { CHART_HEIGHT, type CurveView } from './price-curve.tsx';

interface PriceCurveChartProps {
  readonly points: readonly CurvePointAnswer[];
  readonly edges: PriceCurveAnswer['edges'];
  readonly currency: string;
  readonly view: CurveView;
  readonly isLogarithmic: boolean;
  readonly active: number;
  readonly asked: number | null;
  readonly onPoint: (index: number) => void;
}

/** A place on the canvas: the one use of a price as a number. */
interface Place {
  readonly index: number;
  readonly units: number;
  readonly price: number;
}

/** The picture of a price curve. Loaded only where one is shown. */
export function PriceCurveChart(props: PriceCurveChartProps): JSX.Element {
  const { points, view, isLogarithmic, edges, active, asked } = props;
  useComputedColorScheme(); // The colours are variables; a new scheme has to be drawn anew.
  const places = useMemo(() => placesOf(points, view, isLogarithmic), [points, view, isLogarithmic]);
  const dot = places.find((place) => place.index === asked);
  const read = places.find((place) => place.index === active);
  const axis = { stroke: 'var(--line)', tick: { fill: 'var(--mantine-color-dimmed)', fontSize: 11 } };
  return (
    <div aria-hidden>
      <ResponsiveContainer width="100%" height={CHART_HEIGHT} initialDimension={{ width: 360, height: CHART_HEIGHT }}>
        <LineChart
          data={places}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          onMouseMove={({ activeTooltipIndex }) => {
            const place = places[Number(activeTooltipIndex ?? -1)];
            if (place !== undefined) props.onPoint(place.index);
          }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="units"
            type="number"
            domain={['dataMin', 'dataMax']}
            scale={isLogarithmic ? 'log' : 'linear'}
            tickFormatter={compactUnits}
            minTickGap={24}
            {...axis}
          />
          <YAxis width={58} domain={[0, 'auto']} tickFormatter={(price: number) => compactMoney(price, props.currency)} {...axis} />
          {edges.map((edge) => (
            <ReferenceLine
              key={edge.units}
              x={Number(edge.units)}
              stroke="var(--mantine-color-dimmed)"
              strokeDasharray={edge.kind === 'tier' ? '3 3' : '1 4'}
            />
          ))}
          {read !== undefined && <ReferenceLine x={read.units} stroke="var(--ink-blue)" strokeOpacity={0.5} />}
          <Line
            dataKey="price"
            type="linear"
            stroke="var(--ink-blue)"
            strokeWidth={2}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          {dot !== undefined && (
            <ReferenceDot x={dot.units} y={dot.price} r={5} fill="var(--ink-blue)" stroke="var(--mantine-color-body)" strokeWidth={2} />
          )}
          {read !== undefined && read !== dot && (
            <ReferenceDot x={read.units} y={read.price} r={4} fill="var(--mantine-color-body)" stroke="var(--ink-blue)" strokeWidth={2} />
          )}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Nothing has no logarithm, and no price per unit. */
function placesOf(points: readonly CurvePointAnswer[], view: CurveView, isLogarithmic: boolean): readonly Place[] {
  const places = points.map((point, index) => ({
    index,
    units: Number(point.units),
    price: Number(view === 'total' ? point.amount : point.unit_amount),
  }));
  return isLogarithmic || view === 'unit' ? places.filter(({ units }) => units > 0) : places;
}
