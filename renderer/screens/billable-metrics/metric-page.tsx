import { useLingui as useI18n } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Group, Menu, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconActivity, IconEdit, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type JSX, type ReactNode } from 'react';
import type { MetricPageAnswer } from '../../../shared/internal/metrics.ts';
import { usePageActions } from '../../actions.ts';
import { pathPart, queryOf } from '../../api-client.ts';
import { DetailPage } from '../../components/detail-page.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Code, CopyId, Nothing, Time } from '../../components/values.tsx';
import { formatRate, formatUnits } from '../../format/money.ts';
import { Facts } from '../customers/facts.tsx';
import { AGGREGATIONS } from './aggregations.ts';
import { DeleteMetricPanel } from './delete-metric-panel.tsx';
import { MetricDays } from './metric-days.tsx';
import { useFreshWithEvents, useMetric } from './use-metric.ts';

/** `/billable-metrics/$id`. */
export function MetricPage(): JSX.Element {
  const { id } = useParams({ from: '/shell/billable-metrics/$id' });
  const page = useMetric(id);
  useFreshWithEvents(['billable_metric', id]);
  return <StateBoundary query={page}>{(known) => <Page key={id} known={known} />}</StateBoundary>;
}

function Page({ known }: { readonly known: MetricPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const { billable_metric: metric, plans } = known;
  const id = metric.lago_id;
  usePageActions(
    useMemo(
      () => [
        {
          id: 'edit-metric',
          label: msg`Edit this metric`,
          group: 'page' as const,
          keys: 'e',
          run: () => void navigate({ to: '/billable-metrics/$id/edit', params: { id } }),
        },
        { id: 'delete-metric', label: msg`Delete this metric`, group: 'page' as const, run: () => setDeleting(true) },
      ],
      [navigate, id],
    ),
  );
  return (
    <DetailPage
      title={metric.name}
      crumbs={[{ label: t`Billable metrics`, to: '/billable-metrics' }]}
      badge={plans.length === 0 ? <StatusBadge tone="grey" label={t`Used by no plan`} /> : <StatusBadge tone="green" label={t`In use`} />}
      below={
        <Group gap="md">
          <span>
            <Trans>Code</Trans> <CopyId value={metric.code} label={t`code`} />
          </span>
          <span>
            <Trans>Id</Trans> <CopyId value={id} label={t`id`} />
          </span>
        </Group>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconEdit size={14} />}
            renderRoot={(props) => <Link to="/billable-metrics/$id/edit" params={{ id }} {...props} />}
          >
            <Trans>Edit</Trans>
          </Button>
          <MoreMenu name={metric.name} apiPath={`/api/v1/billable_metrics/${pathPart(metric.code)}`} json={{ billable_metric: metric }}>
            <Menu.Item color="var(--ink-red)" leftSection={<IconTrash size={14} />} onClick={() => setDeleting(true)}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </MoreMenu>
        </>
      }
      record={{ entity: 'billable_metric', id, open: (next) => void navigate({ to: '/billable-metrics/$id', params: { id: next } }) }}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" p="lg">
        <Part title={t`How it counts`}>
          <CountingFacts known={known} />
        </Part>
        <Part title={t`Plans that charge for it`}>
          <Plans known={known} />
        </Part>
        <Part title={t`Events`}>
          <EventFacts known={known} />
        </Part>
        <Part title={t`Counted events per day, last 30 days`}>
          <MetricDays days={known.days} />
        </Part>
      </SimpleGrid>
      <DeleteMetricPanel
        metric={isDeleting ? metric : null}
        onClose={() => setDeleting(false)}
        onDeleted={() => void navigate({ to: '/billable-metrics' })}
      />
    </DetailPage>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <Stack gap="xs" component="section" aria-label={title} miw={0}>
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

function CountingFacts({ known: { billable_metric: metric } }: { readonly known: MetricPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const rounding = { round: t`To the nearest`, ceil: t`Up`, floor: t`Down` };
  const decimals = metric.rounding_precision ?? 0;
  const facts = [
    { label: t`Aggregation`, value: _(AGGREGATIONS[metric.aggregation_type].label) },
    ...(metric.field_name === null ? [] : [{ label: t`Property`, value: <Code>{metric.field_name}</Code> }]),
    ...(metric.expression === null ? [] : [{ label: t`Expression`, value: <Code>{metric.expression}</Code> }]),
    { label: t`Next period`, value: metric.recurring ? t`Goes on with what was reached` : t`Begins at nothing` },
    {
      label: t`Rounding`,
      value: metric.rounding_function === null ? t`None` : t`${rounding[metric.rounding_function]}, ${decimals} decimals`,
    },
    {
      label: t`Filters`,
      value:
        metric.filters.length === 0 ? null : (
          <Stack gap={2}>
            {metric.filters.map(({ key, values }) => (
              <Text key={key} size="sm">
                <Code>{key}</Code>: {values.join(', ')}
              </Text>
            ))}
          </Stack>
        ),
    },
    { label: t`Description`, value: metric.description },
    { label: t`Created`, value: <Time at={metric.created_at} /> },
  ];
  return <Facts facts={facts} />;
}

function Plans({ known: { plans } }: { readonly known: MetricPageAnswer }): JSX.Element {
  const { t } = useLingui();
  if (plans.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>None yet: its events are counted, and nobody pays for them. Add a charge on it to a plan.</Trans>
      </Text>
    );
  }
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Plan`}</Table.Th>
          <Table.Th>{t`Charged as`}</Table.Th>
          <Table.Th ta="right">{t`Active subscriptions`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {plans.map((plan) => (
          <Table.Tr key={plan.lago_id}>
            <Table.Td>
              <Anchor size="sm" renderRoot={(props) => <Link to={`/plans/${plan.lago_id}`} {...props} />}>
                <bdi>{plan.name}</bdi>
              </Anchor>
            </Table.Td>
            <Table.Td>{plan.charge_models.map((model) => model.replaceAll('_', ' ')).join(', ')}</Table.Td>
            <Table.Td ta="right" className="number">
              {formatUnits(plan.subscriptions_count)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function EventFacts({ known }: { readonly known: MetricPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const { sample, billable_metric: metric } = known;
  const facts = [
    { label: t`Received`, value: <span className="number">{formatUnits(known.events_count)}</span> },
    { label: t`Last event`, value: <Time at={known.last_event_at} /> },
    {
      label: t`Without a value`,
      value:
        sample.without_value_rate === null ? (
          <Nothing />
        ) : (
          <span>
            {formatRate(sample.without_value_rate)}{' '}
            <Text span size="xs" c="dimmed">
              (<Plural value={sample.looked_at} one="of the last event" other="of the last # events" />)
            </Text>
          </span>
        ),
    },
  ];
  return (
    <>
      <Facts facts={facts} />
      <div>
        <Button
          variant="default"
          leftSection={<IconActivity size={14} />}
          renderRoot={(props) => <Link to={`/events${queryOf({ code: metric.code })}`} {...props} />}
        >
          <Trans>Show its events</Trans>
        </Button>
      </div>
    </>
  );
}
