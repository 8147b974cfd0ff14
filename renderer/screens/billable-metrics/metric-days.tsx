import { Trans, useLingui } from '@lingui/react/macro';
import { Box, SegmentedControl, Skeleton, Stack, Table, Text } from '@mantine/core';
import { lazy, Suspense, useState, type JSX } from 'react';
import type { MetricDay } from '../../../shared/internal/metrics.ts';
import { Day } from '../../components/values.tsx';
import { formatDay } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';

const MetricDaysChart = lazy(() => import('./metric-days-chart.tsx'));

const HEIGHT = 180;

/** How many events counted on each day: as a picture or as a table. */
export function MetricDays({ days }: { readonly days: readonly MetricDay[] | null }): JSX.Element {
  const { t } = useLingui();
  const [form, setForm] = useState('chart');
  if (days === null) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>The events that are there are still being added up.</Trans>
      </Text>
    );
  }
  const most = days.reduce<MetricDay | null>((top, day) => (top === null || day.events_count > top.events_count ? day : top), null);
  if (most === null || most.events_count === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>No event counted in the last 30 days.</Trans>
      </Text>
    );
  }
  const day = formatDay(most.date);
  const count = formatUnits(most.events_count);
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        <Trans>
          Most on {day}: {count}. Days in UTC.
        </Trans>
      </Text>
      <div>
        <SegmentedControl
          size="xs"
          aria-label={t`Show events per day as`}
          value={form}
          onChange={setForm}
          data={[
            { value: 'chart', label: t`Chart` },
            { value: 'table', label: t`Table` },
          ]}
        />
      </div>
      {form === 'chart' ? (
        <Suspense fallback={<Skeleton height={HEIGHT} />}>
          <MetricDaysChart days={days} height={HEIGHT} />
        </Suspense>
      ) : (
        <DaysTable days={days} />
      )}
    </Stack>
  );
}

function DaysTable({ days }: { readonly days: readonly MetricDay[] }): JSX.Element {
  const { t } = useLingui();
  return (
    <Box mah={HEIGHT * 1.6} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={t`Events per day as a table`}>
      <Table stickyHeader maw={360}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Day`}</Table.Th>
            <Table.Th ta="right">{t`Events`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.toReversed().map(({ date, events_count: events }) => (
            <Table.Tr key={date}>
              <Table.Td>
                <Day on={date} />
              </Table.Td>
              <Table.Td ta="right" className="number">
                {formatUnits(events)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
