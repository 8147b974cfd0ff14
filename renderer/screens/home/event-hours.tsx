import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Box, SegmentedControl, Skeleton, Table } from '@mantine/core';
import { lazy, Suspense, useState, type JSX } from 'react';
import type { EventHoursAnswer } from '../../../shared/internal/home.ts';
import { StateBoundary } from '../../components/states.tsx';
import { formatTime } from '../../format/dates.ts';
import { formatUnits } from '../../format/money.ts';
import { Section } from './section.tsx';
import { useHome } from './use-home.ts';

const EventHoursChart = lazy(() => import('./event-hours-chart.tsx'));

const CHART_HEIGHT = 180;

/** How many events came in each hour of the last week: as a picture or as a table. */
export function EventHours(): JSX.Element {
  const { t } = useLingui();
  const [form, setForm] = useState('chart');
  const answer = useHome<EventHoursAnswer>('event_hours');
  return (
    <Section
      title={t`Events per hour, last 7 days`}
      summary={answer.data === undefined ? undefined : <Summary answer={answer.data} />}
      actions={
        answer.data !== undefined &&
        answer.data.total > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t`Show events per hour as`}
            value={form}
            onChange={setForm}
            data={[
              { value: 'chart', label: t`Chart` },
              { value: 'table', label: t`Table` },
            ]}
          />
        )
      }
    >
      <StateBoundary query={answer} rows={5}>
        {({ hours, total }) =>
          total === 0 ? null : form === 'table' ? (
            <HoursTable hours={hours} />
          ) : (
            <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
              <EventHoursChart hours={hours} height={CHART_HEIGHT} />
            </Suspense>
          )
        }
      </StateBoundary>
    </Section>
  );
}

type Hours = EventHoursAnswer['hours'];

function busiest(hours: Hours): Hours[number] | undefined {
  return hours.reduce<Hours[number] | undefined>(
    (most, hour) => (most === undefined || hour.events_count > most.events_count ? hour : most),
    undefined,
  );
}

function Summary({ answer }: { readonly answer: EventHoursAnswer }): JSX.Element {
  const most = busiest(answer.hours);
  if (answer.total === 0 || most === undefined) return <Trans>No events in the last 7 days.</Trans>;
  return (
    <>
      <Plural value={answer.total} one="# event." other="# events." />{' '}
      <Trans>
        The busiest hour began {formatTime(most.from)} with {formatUnits(most.events_count)}.
      </Trans>{' '}
      {!answer.is_complete && <Trans>Older hours are still being counted.</Trans>}
    </>
  );
}

/** Only hours in which something came, the latest first. */
function HoursTable({ hours }: { readonly hours: Hours }): JSX.Element {
  const { t } = useLingui();
  const busy = hours.filter(({ events_count: count }) => count > 0).toReversed();
  return (
    <Box mah={CHART_HEIGHT * 1.6} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={t`Events per hour as a table`}>
      <Table stickyHeader maw={420}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Hour from`}</Table.Th>
            <Table.Th ta="right">{t`Events`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {busy.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={2}>{t`No events`}</Table.Td>
            </Table.Tr>
          )}
          {busy.map((hour) => (
            <Table.Tr key={hour.from}>
              <Table.Td>{formatTime(hour.from)}</Table.Td>
              <Table.Td ta="right" className="number">
                {formatUnits(hour.events_count)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
