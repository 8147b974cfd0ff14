import { Group, Text, useComputedColorScheme } from '@mantine/core';
import { useMemo, type JSX } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { ComparisonAnswer } from '../../../shared/internal/price.ts';
import { compactMoney, compactUnits } from './axis-labels.ts';

const HEIGHT = 260;
/** Told apart by dashes as well as by colour. */
const LINES = [
  { colour: 'var(--ink-blue)', dashes: '' },
  { colour: 'var(--ink-amber)', dashes: '8 4' },
  { colour: 'var(--ink-green)', dashes: '2 3' },
  { colour: 'var(--ink-red)', dashes: '10 3 2 3' },
] as const;

/** Totals of several plans over one metric. The table beside it says the same. */
export function CompareChart({ answer, currency }: { readonly answer: ComparisonAnswer; readonly currency: string }): JSX.Element {
  useComputedColorScheme();
  const places = useMemo(
    () =>
      answer.points.map((point) => ({
        units: Number(point.units),
        ...Object.fromEntries(point.totals.map((total, index) => [`plan${String(index)}`, Number(total.precise_total)])),
      })),
    [answer.points],
  );
  const axis = { stroke: 'var(--line)', tick: { fill: 'var(--mantine-color-dimmed)', fontSize: 11 } };
  return (
    <div aria-hidden>
      <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 720, height: HEIGHT }}>
        <LineChart data={places} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="units" type="number" domain={['dataMin', 'dataMax']} tickFormatter={compactUnits} minTickGap={24} {...axis} />
          <YAxis width={64} domain={[0, 'auto']} tickFormatter={(price: number) => compactMoney(price, currency)} {...axis} />
          {answer.plans.map((plan, index) => {
            const line = LINES[index % LINES.length];
            return (
              <Line
                key={plan.lago_id}
                dataKey={`plan${String(index)}`}
                type="linear"
                stroke={line?.colour ?? 'var(--ink-blue)'}
                strokeDasharray={line?.dashes ?? ''}
                strokeWidth={2}
                dot={false}
                activeDot={false}
                isAnimationActive={false}
              />
            );
          })}
        </LineChart>
      </ResponsiveContainer>
      <Group gap="lg" justify="center">
        {answer.plans.map((plan, index) => {
          const line = LINES[index % LINES.length];
          return (
            <Group gap={6} key={plan.lago_id}>
              <svg width={28} height={8}>
                <line x1={0} x2={28} y1={4} y2={4} stroke={line?.colour ?? ''} strokeDasharray={line?.dashes ?? ''} strokeWidth={2} />
              </svg>
              <Text size="xs">
                <bdi>{plan.name}</bdi>
              </Text>
            </Group>
          );
        })}
      </Group>
    </div>
  );
}
