import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Group, Progress, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, useState, type JSX } from 'react';
import type { UsageSeriesAnswer } from '../../../shared/internal/usage.ts';
import { Code, Money, Nothing, Units } from '../../components/values.tsx';
import { formatRate, formatUnits } from '../../format/money.ts';
import { Sparkline } from './sparkline.tsx';
import { UsageDetails } from './usage-details.tsx';
import type { UsageRow } from './usage-rows.ts';

interface UsageTableProps {
  readonly rows: readonly UsageRow[];
  readonly currency: string;
  readonly totalCents: number;
  readonly series: UsageSeriesAnswer | undefined;
  readonly timeZone: string;
  readonly hasShares: boolean;
}

/** A row for each charge; each opens to what stands behind it. */
export function UsageTable(props: UsageTableProps): JSX.Element {
  const { t } = useLingui();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t`Usage` } }}>
      <Table aria-label={t`Usage by charge`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={36}>
              <VisuallyHidden>
                <Trans>Details</Trans>
              </VisuallyHidden>
            </Table.Th>
            <Table.Th>
              <Trans>Charge</Trans>
            </Table.Th>
            <Table.Th ta="right">
              <Trans>Events</Trans>
            </Table.Th>
            <Table.Th ta="right">
              <Trans>Units</Trans>
            </Table.Th>
            <Table.Th w={140}>
              <Trans>Course</Trans>
            </Table.Th>
            {props.hasShares && (
              <Table.Th w={130}>
                <Trans>Share</Trans>
              </Table.Th>
            )}
            <Table.Th ta="right">
              <Trans>Amount</Trans>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.rows.map((row) => (
            <Fragment key={row.chargeId}>
              <ChargeRow {...props} row={row} isOpen={open.has(row.chargeId)} onToggle={() => toggle(row.chargeId)} />
              {open.has(row.chargeId) && (
                <Table.Tr>
                  <Table.Td colSpan={props.hasShares ? 7 : 6} p={0} bg="var(--ground)">
                    <UsageDetails row={row} currency={props.currency} series={props.series} timeZone={props.timeZone} />
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th colSpan={props.hasShares ? 6 : 5}>
              <Trans>Total before taxes</Trans>
            </Table.Th>
            <Table.Th ta="right">
              <Money cents={props.totalCents} currency={props.currency} />
            </Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  );
}

interface ChargeRowProps extends UsageTableProps {
  readonly row: UsageRow;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function ChargeRow({ row, isOpen, onToggle, ...props }: ChargeRowProps): JSX.Element {
  const { t } = useLingui();
  const { name } = row;
  const course = props.series?.series.find((one) => one.lago_charge_id === row.chargeId);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Table.Tr data-charge={row.metricCode}>
      <Table.Td>
        <ActionIcon size={24} aria-label={t`Details of ${name}`} aria-expanded={isOpen} onClick={onToggle}>
          <Chevron size={15} />
        </ActionIcon>
      </Table.Td>
      <Table.Td>
        <bdi>{name}</bdi>
        <Text size="xs" c="dimmed" component="div">
          <Code>{row.metricCode}</Code> · {row.chargeModel.replaceAll('_', ' ')}
          {row.isInAdvance && (
            <>
              {' · '}
              <Trans>billed as it comes</Trans>
            </>
          )}
        </Text>
      </Table.Td>
      <Table.Td ta="right" className="number">
        {row.eventsCount === 0 ? <Nothing /> : formatUnits(row.eventsCount)}
      </Table.Td>
      <Table.Td ta="right">
        <Units units={row.units} />
      </Table.Td>
      <Table.Td>
        {course !== undefined && props.series !== undefined && (
          <Sparkline name={name} span={props.series} series={course} timeZone={props.timeZone} />
        )}
      </Table.Td>
      {props.hasShares && (
        <Table.Td>
          {row.share === null ? (
            <Nothing />
          ) : (
            <Group gap={8} wrap="nowrap">
              <Progress value={Number(row.share)} w={60} aria-hidden />
              <Text size="xs" className="number">
                {formatRate(row.share)}
              </Text>
            </Group>
          )}
        </Table.Td>
      )}
      <Table.Td ta="right" data-amount>
        <Money cents={row.amountCents} currency={props.currency} />
      </Table.Td>
    </Table.Tr>
  );
}
