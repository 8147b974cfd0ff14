import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState, type JSX } from 'react';
import type { ComparisonAnswer } from '../../../shared/internal/price.ts';
import { ask } from '../../api-client.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { NothingYet, StateBoundary } from '../../components/states.tsx';
import { Money } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import classes from './plans.module.css';
import { shortUnits } from './short-units.ts';

const CompareChart = lazy(async () => ({ default: (await import('./compare-chart.tsx')).CompareChart }));

interface AskedUnits {
  readonly units: string;
  readonly events: string;
}

/** `/plans/compare?ids=…`: several plans at the same usage. */
export function ComparePlans(): JSX.Element {
  const { t } = useLingui();
  const { ids = [], along } = useSearch({ from: '/shell/plans/compare' });
  const [usage, setUsage] = useState<Readonly<Record<string, AskedUnits>>>({});
  const asked = Object.fromEntries(Object.entries(usage).map(([code, values]) => [code, unitsBody(values)]));
  const comparison = useQuery({
    queryKey: ['plan', 'compare', ids, along ?? '', asked],
    queryFn: ({ signal }) =>
      ask<ComparisonAnswer>('/api/internal/compare_plans', { plan_ids: ids, usage: asked, along: along ?? null }, signal),
    placeholderData: keepPreviousData,
    enabled: ids.length >= 2,
  });
  return (
    <>
      <PageHeader title={t`Compare plans`} crumbs={[{ label: t`Plans`, to: '/plans' }]} />
      <div style={{ flex: 1, minHeight: 0, overflow: 'auto', padding: '0 24px 48px' }} data-scroller>
        {ids.length < 2 ? (
          <NothingYet icon={<IconInfoCircle />} title={t`Choose two plans`}>
            <Trans>Select two to four plans in the list, then compare them.</Trans>
          </NothingYet>
        ) : (
          <StateBoundary query={comparison} rows={8}>
            {(answer) => <Comparison answer={answer} usage={usage} onUsage={setUsage} />}
          </StateBoundary>
        )}
      </div>
    </>
  );
}

function unitsBody({ units, events }: AskedUnits): { readonly units: string; readonly events_count: number } {
  const isNumber = /^\d{1,15}(\.\d+)?$/.test(units.trim());
  return { units: isNumber ? units.trim() : '0', events_count: /^\d{1,9}$/.test(events) ? Number(events) : 1 };
}

interface ComparisonProps {
  readonly answer: ComparisonAnswer;
  readonly usage: Readonly<Record<string, AskedUnits>>;
  readonly onUsage: (usage: Readonly<Record<string, AskedUnits>>) => void;
}

function Comparison({ answer, usage, onUsage }: ComparisonProps): JSX.Element {
  const { t } = useLingui();
  const isAlike = new Set(answer.plans.map(({ interval, currency }) => `${interval} ${currency}`)).size === 1;
  return (
    <Stack gap="lg" maw={1080}>
      {!isAlike && (
        <Alert color="yellow" variant="outline" icon={<IconInfoCircle size={16} />} p="xs">
          <Trans>These plans differ in interval or currency: each total is for its own period, in its own currency.</Trans>
        </Alert>
      )}
      <Group gap="lg" align="flex-start">
        {answer.billable_metrics.map((metric) => {
          const values = usage[metric.code] ?? { units: metric.units.replace(/\.0$/, ''), events: String(metric.events_count) };
          const hasEvents = answer.plans.some((plan) =>
            plan.charges.some((charge) => charge.billable_metric_code === metric.code && charge.charge_model === 'percentage'),
          );
          return (
            <Group key={metric.code} gap="xs">
              <TextInput
                label={metric.name}
                w={150}
                inputMode="decimal"
                value={values.units}
                onChange={(event) => onUsage({ ...usage, [metric.code]: { ...values, units: event.currentTarget.value } })}
              />
              {hasEvents && (
                <TextInput
                  label={t`Events of ${metric.name}`}
                  w={150}
                  inputMode="numeric"
                  value={values.events}
                  onChange={(event) => onUsage({ ...usage, [metric.code]: { ...values, events: event.currentTarget.value } })}
                />
              )}
            </Group>
          );
        })}
      </Group>
      <TotalsTable answer={answer} />
      <ComparedCurves answer={answer} isAlike={isAlike} />
    </Stack>
  );
}

/** One column for each plan: base fee, the plan's charges by metric, total. */
function TotalsTable({ answer }: Pick<ComparisonProps, 'answer'>): JSX.Element {
  const { t } = useLingui();
  const cell = (cents: number | undefined, currency: string, index: number): JSX.Element => (
    <Table.Td key={index} ta="right">
      <Money cents={cents ?? null} currency={currency} />
    </Table.Td>
  );
  const row = (label: string, cents: (plan: ComparisonAnswer['plans'][number]) => number | undefined): JSX.Element => (
    <Table.Tr key={label}>
      <Table.Th scope="row" fw={400}>
        <bdi>{label}</bdi>
      </Table.Th>
      {answer.plans.map((plan, index) => cell(cents(plan), plan.currency, index))}
    </Table.Tr>
  );
  return (
    <Table aria-label={t`Totals`} maw={760}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Line</Trans>
          </Table.Th>
          {answer.plans.map((plan) => (
            <Table.Th key={plan.lago_id} ta="right">
              <bdi>{plan.name}</bdi>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {row(t`Base fee`, (plan) => plan.totals.base_fee_cents)}
        {answer.billable_metrics.flatMap((metric) => chargeRows(answer, metric, row))}
        {row(t`Minimum commitment`, (plan) => (plan.totals.commitment_cents === null ? undefined : plan.totals.commitment_true_up_cents))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th scope="row">
            <Trans>Total</Trans>
          </Table.Th>
          {answer.plans.map((plan) => (
            <Table.Th key={plan.lago_id} ta="right">
              <Money cents={plan.totals.total_cents} currency={plan.currency} />
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}

/** A metric that is charged twice on a plan has two rows. */
function chargeRows(
  answer: ComparisonAnswer,
  metric: ComparisonAnswer['billable_metrics'][number],
  row: (label: string, cents: (plan: ComparisonAnswer['plans'][number]) => number | undefined) => JSX.Element,
): readonly JSX.Element[] {
  const of = (plan: ComparisonAnswer['plans'][number]) => plan.charges.filter((charge) => charge.billable_metric_code === metric.code);
  const most = Math.max(...answer.plans.map((plan) => of(plan).length));
  return Array.from({ length: most }, (_, index) =>
    row(index === 0 ? metric.name : `${metric.name} (${String(index + 1)})`, (plan) => of(plan)[index]?.amount_cents),
  );
}

function ComparedCurves({ answer, isAlike }: { readonly answer: ComparisonAnswer; readonly isAlike: boolean }): JSX.Element | null {
  const { t } = useLingui();
  const navigate = useNavigate();
  const currency = answer.plans[0]?.currency ?? 'USD';
  if (answer.along === null) return null;
  return (
    <section aria-label={t`Totals by volume`}>
      <Stack gap="xs">
        <Group gap="sm" align="flex-end">
          <Title order={2}>
            <Trans>Totals by volume</Trans>
          </Title>
          <Select
            aria-label={t`Along which metric`}
            data={answer.billable_metrics.map(({ code, name }) => ({ value: code, label: name }))}
            value={answer.along}
            allowDeselect={false}
            onChange={(code) =>
              void navigate({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, along: code ?? undefined }), replace: true })
            }
          />
        </Group>
        <Suspense fallback={<div style={{ height: 260 }} />}>
          <CompareChart answer={answer} currency={currency} />
        </Suspense>
        {isAlike &&
          answer.crossings.map(({ units, cheapest }) => {
            const name = answer.plans[cheapest]?.name ?? '';
            const from = shortUnits(units);
            if (Number(units) === 0) {
              return (
                <Text size="sm" key={units}>
                  <Trans>
                    Without usage <bdi>{name}</bdi> is the cheapest.
                  </Trans>
                </Text>
              );
            }
            return (
              <Text size="sm" key={units}>
                <Trans>
                  From {from} units on <bdi>{name}</bdi> is the cheapest.
                </Trans>
              </Text>
            );
          })}
        <ComparedTable answer={answer} />
      </Stack>
    </section>
  );
}

function ComparedTable({ answer }: Pick<ComparisonProps, 'answer'>): JSX.Element {
  const { t } = useLingui();
  return (
    <details>
      <summary>
        <Trans>View as table</Trans>
      </summary>
      <div className={classes['table']} tabIndex={0} role="region" aria-label={t`Totals by volume as a table`}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Units</Trans>
              </th>
              {answer.plans.map((plan) => (
                <th scope="col" key={plan.lago_id}>
                  <bdi>{plan.name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="number">
            {answer.points.map((point) => (
              <tr key={point.units}>
                <td>{shortUnits(point.units)}</td>
                {point.totals.map((total, index) => (
                  <td key={index}>{formatMoney(total.total_cents, answer.plans[index]?.currency ?? 'USD')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
