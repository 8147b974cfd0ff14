import { Trans, useLingui } from '@lingui/react/macro';
import { Group, ScrollArea, Stack, Table, Text, Title } from '@mantine/core';
import type { JSX } from 'react';
import type { UsageSeriesAnswer } from '../../../shared/internal/usage.ts';
import { Money, Nothing, Units } from '../../components/values.tsx';
import { formatUnitPrice } from '../../format/money.ts';
import { pointTime } from './point-time.ts';
import type { UsagePart, UsageRow } from './usage-rows.ts';
import { UsageSteps } from './usage-steps.tsx';

interface UsageDetailsProps {
  readonly row: UsageRow;
  readonly currency: string;
  readonly series: UsageSeriesAnswer | undefined;
  readonly timeZone: string;
}

/** What stands behind one charge: its filters and groups, how each amount comes about, and the sparkline as a table. */
export function UsageDetails({ row, currency, series, timeZone }: UsageDetailsProps): JSX.Element {
  const { t } = useLingui();
  const isSplit = row.parts.length > 1 || row.parts.some((part) => part.filter !== null || Object.keys(part.groupedBy).length > 0);
  return (
    <Group align="flex-start" gap="xl" p="sm" pl="xl">
      <Stack gap="sm" style={{ flex: '1 1 420px', minWidth: 0 }}>
        {row.parts.map((part, index) => (
          <Stack key={index} gap={4}>
            {isSplit && <PartLine part={part} currency={currency} />}
            {part.steps.length > 0 && <UsageSteps name={row.name} steps={part.steps} currency={currency} />}
          </Stack>
        ))}
        {row.parts.every((part) => part.steps.length === 0) && !isSplit && (
          <Text size="xs" c="dimmed">
            <Trans>The invoice of this period shows how the amount came about.</Trans>
          </Text>
        )}
      </Stack>
      {series !== undefined && (
        <SeriesTable label={t`Units of ${row.name} over the period`} row={row} series={series} timeZone={timeZone} />
      )}
    </Group>
  );
}

function PartLine({ part, currency }: { readonly part: UsagePart; readonly currency: string }): JSX.Element {
  const { t } = useLingui();
  const name = usePartName()(part);
  return (
    <Group gap="md" justify="space-between" wrap="wrap">
      <Title order={3} fz="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{name === '' ? t`Everything else` : name}</bdi>
      </Title>
      <Group gap="md">
        <Text size="xs">
          <Units units={part.units} /> <Trans>units</Trans>
        </Text>
        {part.unit_amount !== null && (
          <Text size="xs" c="dimmed" className="number">
            {formatUnitPrice(cutDecimals(part.unit_amount), currency)}
          </Text>
        )}
        <Money cents={part.amount_cents} currency={currency} />
      </Group>
    </Group>
  );
}

/** An average may have sixty digits; a screen shows what a price can have. */
function cutDecimals(text: string): string {
  return /^-?\d+(\.\d{1,15})?/.exec(text)?.[0] ?? text;
}

/** `region: eu, us · agent: alpha`. Empty for the events that match no filter, in no group. */
export function usePartName(): (part: Pick<UsagePart, 'filter' | 'groupedBy'>) => string {
  const { t } = useLingui();
  return ({ filter, groupedBy }) => {
    const filters =
      filter === null
        ? []
        : filter.displayName !== null && filter.displayName !== ''
          ? [filter.displayName]
          : Object.entries(filter.values ?? {}).map(([key, values]) => `${key}: ${values.join(', ')}`);
    const groups = Object.entries(groupedBy).map(([key, value]) => `${key}: ${value ?? t`none`}`);
    return [...filters, ...groups].join(' · ');
  };
}

interface SeriesTableProps {
  readonly label: string;
  readonly row: UsageRow;
  readonly series: UsageSeriesAnswer;
  readonly timeZone: string;
}

function SeriesTable({ label, row, series, timeZone }: SeriesTableProps): JSX.Element | null {
  const of = series.series.find((one) => one.lago_charge_id === row.chargeId);
  if (of === undefined || of.points.length === 0) return null;
  return (
    <ScrollArea.Autosize mah={240} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }} style={{ flex: '0 1 260px' }}>
      <Table fz="xs" verticalSpacing={2} stickyHeader aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>From</Trans>
            </Table.Th>
            <Table.Th ta="right">{of.kind === 'per_step' ? <Trans>Units</Trans> : <Trans>Level</Trans>}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.points.map((point) => (
            <Table.Tr key={point.at}>
              <Table.Td>{pointTime(point.at, series.step, timeZone)}</Table.Td>
              <Table.Td ta="right">{point.units === '0.0' ? <Nothing /> : <Units units={point.units} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
