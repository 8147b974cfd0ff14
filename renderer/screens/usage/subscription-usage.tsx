import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useLingui as useI18n } from '@lingui/react';
import { Button, Group, Select, Stack, Text, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX, type ReactNode } from 'react';
import type { BillingInterval, BillingTime } from '../../../shared/billing-interval.ts';
import type { SubscriptionUsageAnswer, UsageChargeAnswer, UsageSeriesAnswer } from '../../../shared/internal/usage.ts';
import type { UsageAnswer } from '../../../shared/wire/usage.ts';
import { pathPart, queryOf, read } from '../../api-client.ts';
import { csvOf, saveCsv } from '../../components/csv.ts';
import { NothingYet, StateBoundary } from '../../components/states.tsx';
import { Money, Period } from '../../components/values.tsx';
import { formatDay } from '../../format/dates.ts';
import { periodWords } from '../subscriptions/interval-words.ts';
import { dayIn } from './point-time.ts';
import { usePartName } from './usage-details.tsx';
import { usageRows, type UsageRow } from './usage-rows.ts';
import { UsageTable } from './usage-table.tsx';
import { useLiveUsage } from './use-live-usage.ts';

/** So many billed periods can be looked at. */
const PAST_PERIODS = 24;
const RUNNING = 'running';

/** What a subscription has used, live: by our id. Rule: ui.md § 4.2 "Usage". */
export function SubscriptionUsage({ subscriptionId }: { readonly subscriptionId: string }): JSX.Element {
  const usage = useQuery({
    queryKey: ['usage', subscriptionId, 'now'],
    queryFn: ({ signal }) =>
      read<SubscriptionUsageAnswer>(`/api/internal/usage${queryOf({ subscription_id: subscriptionId })}`, { signal }),
  });
  const externalId = usage.data?.subscription.external_id;
  useLiveUsage(externalId === undefined ? [] : [externalId], [
    ['usage', subscriptionId, 'now'],
    ['usage', subscriptionId, 'series', {}],
  ]);
  return (
    <StateBoundary query={usage} rows={6}>
      {(answer) => <UsageOfPeriods key={subscriptionId} answer={answer} />}
    </StateBoundary>
  );
}

function UsageOfPeriods({ answer }: { readonly answer: SubscriptionUsageAnswer }): JSX.Element {
  const { t } = useLingui();
  const { subscription, current } = answer;
  const past = useQuery({
    queryKey: ['usage', subscription.lago_id, 'past'],
    queryFn: ({ signal }) =>
      read<{ readonly usage_periods: readonly UsageAnswer[] }>(
        `/api/v1/customers/${pathPart(subscription.external_customer_id)}/past_usage${queryOf({
          external_subscription_id: subscription.external_id,
          periods_count: PAST_PERIODS,
          per_page: PAST_PERIODS,
        })}`,
        { signal },
      ),
  });
  const billed = past.data?.usage_periods ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = chosen ?? (current === null ? (billed[0]?.lago_invoice_id ?? RUNNING) : RUNNING);
  const old = billed.find((period) => period.lago_invoice_id === shown);
  const labelOf = (period: UsageAnswer): string => {
    const from = formatDay(dayIn(period.from_datetime, subscription.timezone));
    return `${from} – ${formatDay(dayIn(period.to_datetime, subscription.timezone))}`;
  };
  const periods = [
    ...(current === null
      ? []
      : [{ value: RUNNING, label: t`Now: ${formatDay(current.period.from_date)} – ${formatDay(current.period.to_date)}` }]),
    ...billed.map((period) => ({ value: period.lago_invoice_id ?? period.from_datetime, label: labelOf(period) })),
  ];
  const choice = periods.length > 1 && (
    <Select
      aria-label={t`Period`}
      w={250}
      allowDeselect={false}
      data={periods}
      value={shown}
      onChange={(value) => {
        setChosen(value);
      }}
    />
  );
  if (old !== undefined) return <BilledUsage subscription={subscription} usage={old} choice={choice} />;
  if (current === null) {
    return (
      <NothingYet icon={<IconChartBar />} title={t`No usage to show`}>
        <Trans>This subscription does not run, and none of its periods was billed.</Trans>
      </NothingYet>
    );
  }
  return <RunningUsagePeriod subscription={subscription} current={current} choice={choice} />;
}

interface PeriodProps {
  readonly subscription: SubscriptionUsageAnswer['subscription'];
  readonly choice: ReactNode;
}

function useSeries(subscriptionId: string, span: { readonly from?: string; readonly to?: string }) {
  return useQuery({
    queryKey: ['usage', subscriptionId, 'series', span],
    queryFn: ({ signal }) =>
      read<UsageSeriesAnswer>(`/api/internal/usage_series${queryOf({ subscription_id: subscriptionId, ...span })}`, { signal }),
  }).data;
}

interface RunningUsagePeriodProps extends PeriodProps {
  readonly current: NonNullable<SubscriptionUsageAnswer['current']>;
}

function RunningUsagePeriod({ subscription, current, choice }: RunningUsagePeriodProps): JSX.Element {
  const { _ } = useI18n();
  const { period, usage } = current;
  const series = useSeries(subscription.lago_id, {});
  const words = _(periodWords(period.interval as BillingInterval, period.billing_time as BillingTime));
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end" gap="md">
        <Group gap="xl" align="flex-start">
          <Figure label={<Trans>Period</Trans>}>
            <Period from={period.from_date} to={period.to_date} />
            <Text size="xs" c="dimmed">
              {words} · {period.timezone}
            </Text>
          </Figure>
          <Figure label={<Trans>Left</Trans>}>
            <Plural value={period.days_left} one="# day" other="# days" />
          </Figure>
          <Figure label={<Trans>Total so far</Trans>}>
            <Text fw={600} component="span" data-total>
              <Money cents={usage.amount_cents} currency={usage.currency} />
            </Text>
          </Figure>
          <Figure label={<Trans>Projected at the current pace</Trans>}>
            <Projection current={current} />
          </Figure>
        </Group>
        <Group gap="xs">
          {choice}
          <ExportUsage subscription={subscription} usage={usage} charges={current.charges} />
        </Group>
      </Group>
      <Charges usage={usage} charges={current.charges} series={series} timeZone={period.timezone} />
    </Stack>
  );
}

function Projection({ current }: Pick<RunningUsagePeriodProps, 'current'>): JSX.Element {
  const { t } = useLingui();
  if (current.projected_amount_cents === null) {
    return (
      <Text span size="sm" c="dimmed">
        <Trans>too early to tell</Trans>
      </Text>
    );
  }
  return (
    <Tooltip
      label={t`The total so far, carried on evenly to the period’s end. Tiers, packages and free units do not grow evenly.`}
      multiline
      w={280}
      events={{ hover: true, focus: true, touch: true }}
    >
      <span tabIndex={0}>
        <Money cents={current.projected_amount_cents} currency={current.usage.currency} />
        <Text size="xs" c="dimmed">
          <Trans>linear estimate</Trans>
        </Text>
      </span>
    </Tooltip>
  );
}

function BilledUsage({ subscription, usage, choice }: PeriodProps & { readonly usage: UsageAnswer }): JSX.Element {
  const series = useSeries(subscription.lago_id, { from: usage.from_datetime, to: usage.to_datetime });
  const zone = subscription.timezone;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end" gap="md">
        <Group gap="xl" align="flex-start">
          <Figure label={<Trans>Billed period</Trans>}>
            <Period from={dayIn(usage.from_datetime, zone)} to={dayIn(usage.to_datetime, zone)} />
          </Figure>
          <Figure label={<Trans>Usage, before taxes</Trans>}>
            <Text fw={600} component="span">
              <Money cents={usage.amount_cents} currency={usage.currency} />
            </Text>
          </Figure>
        </Group>
        <Group gap="xs">
          {choice}
          <ExportUsage subscription={subscription} usage={usage} charges={[]} />
        </Group>
      </Group>
      <Charges usage={usage} charges={[]} series={series} timeZone={zone} />
    </Stack>
  );
}

interface ChargesProps {
  readonly usage: UsageAnswer;
  readonly charges: readonly UsageChargeAnswer[];
  readonly series: UsageSeriesAnswer | undefined;
  readonly timeZone: string;
}

function Charges({ usage, charges, series, timeZone }: ChargesProps): JSX.Element {
  const { t } = useLingui();
  const rows = usageRows(usage, charges);
  if (rows.length === 0) {
    return (
      <NothingYet icon={<IconChartBar />} title={t`Nothing is charged by usage`}>
        <Trans>The plan of this subscription has no charges: there is only its base fee.</Trans>
      </NothingYet>
    );
  }
  return (
    <UsageTable
      rows={rows}
      currency={usage.currency}
      totalCents={usage.amount_cents}
      series={series}
      timeZone={timeZone}
      hasShares={charges.length > 0}
    />
  );
}

function Figure({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }): JSX.Element {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div>{children}</div>
    </div>
  );
}

interface ExportUsageProps {
  readonly subscription: SubscriptionUsageAnswer['subscription'];
  readonly usage: UsageAnswer;
  readonly charges: readonly UsageChargeAnswer[];
}

/** One line for each charge, filter and group. */
function ExportUsage({ subscription, usage, charges }: ExportUsageProps): JSX.Element {
  const { t } = useLingui();
  const partName = usePartName();
  const save = (): void => {
    const lines = usageRows(usage, charges).flatMap((row: UsageRow) => row.parts.map((part) => ({ row, part })));
    const columns = [
      { header: t`Subscription`, text: () => subscription.external_id },
      { header: t`From`, text: () => dayIn(usage.from_datetime, subscription.timezone) },
      { header: t`To`, text: () => dayIn(usage.to_datetime, subscription.timezone) },
      { header: t`Charge`, text: ({ row }: (typeof lines)[number]) => row.name },
      { header: t`Metric`, text: ({ row }: (typeof lines)[number]) => row.metricCode },
      { header: t`Filter and group`, text: ({ part }: (typeof lines)[number]) => partName(part) },
      { header: t`Events`, text: ({ part }: (typeof lines)[number]) => String(part.events_count) },
      { header: t`Units`, text: ({ part }: (typeof lines)[number]) => part.units },
      { header: t`Amount in cents`, text: ({ part }: (typeof lines)[number]) => String(part.amount_cents) },
      { header: t`Currency`, text: () => usage.currency },
    ];
    saveCsv(`${subscription.external_id} ${dayIn(usage.from_datetime, subscription.timezone)}`, csvOf(columns, lines));
  };
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconDownload size={14} />}
      disabled={usage.charges_usage.length === 0}
      onClick={save}
    >
      <Trans>Export CSV</Trans>
    </Button>
  );
}
