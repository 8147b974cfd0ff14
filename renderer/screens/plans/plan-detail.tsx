import { useLingui as useI18n } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Badge, Button, Group, Menu, Stack, Table, Text, Title } from '@mantine/core';
import { IconCopy, IconDownload, IconEdit, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import type { PlanPageAnswer } from '../../../shared/internal/plans.ts';
import type { SubscriptionRow } from '../../../shared/internal/subscriptions.ts';
import type { ChargeAnswer } from '../../../shared/wire/charge.ts';
import { usePageActions } from '../../actions.ts';
import { pathPart, read } from '../../api-client.ts';
import { DetailPage } from '../../components/detail-page.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { CopyId, Time } from '../../components/values.tsx';
import { formatMoney, formatUnits } from '../../format/money.ts';
import { useListQuery } from '../../list-query.ts';
import { calculatedCharges, filterName } from './calculated-charges.ts';
import { Calculator } from './calculator.tsx';
import { PriceWords } from './charge-words.tsx';
import { DeletePlanPanel } from './delete-plan-panel.tsx';
import { exampleUsageOf } from './example-usage.ts';
import { INTERVAL_LABELS, MODEL_LABELS } from './labels.ts';
import { bodyOf } from './plan-body.ts';
import { exportPlan } from './plan-file.ts';
import { valuesOfPlan } from './plan-from-body.ts';
import { usageBody, type UsageValues } from './usage-values.ts';
import { usePrice } from './use-price.ts';
import classes from './plans.module.css';

/** `/plans/$id`. */
export function PlanDetail(): JSX.Element {
  const { id } = useParams({ from: '/shell/plans/$id' });
  const page = useQuery({
    queryKey: ['plan', id],
    queryFn: ({ signal }) => read<PlanPageAnswer>(`/api/internal/plans/${id}`, { signal }),
  });
  return (
    <StateBoundary query={page} rows={10}>
      {(answer) => <PlanView key={answer.plan.lago_id} page={answer} />}
    </StateBoundary>
  );
}

function PlanView({ page }: { readonly page: PlanPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const { plan } = page;
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  usePageActions(
    useMemo(
      () => [
        {
          id: 'edit-plan',
          label: msg`Edit this plan`,
          group: 'page' as const,
          keys: 'e',
          run: () => void navigate({ to: '/plans/$id/edit', params: { id: plan.lago_id } }),
        },
        {
          id: 'duplicate-plan',
          label: msg`Duplicate this plan`,
          group: 'page' as const,
          run: () => void navigate({ to: '/plans/new', search: { from: plan.lago_id } }),
        },
        { id: 'export-plan', label: msg`Export this plan as JSON`, group: 'page' as const, run: () => exportPlan(plan) },
        { id: 'delete-plan', label: msg`Delete this plan`, group: 'page' as const, run: () => setDeleting(true) },
      ],
      [navigate, plan],
    ),
  );
  return (
    <DetailPage
      title={plan.name}
      crumbs={[{ label: t`Plans`, to: '/plans' }]}
      below={
        <Group gap="md">
          <CopyId value={plan.code} label={t`code`} />
          <CopyId value={plan.lago_id} label={t`id`} />
        </Group>
      }
      record={{ entity: 'plan', id: plan.lago_id, open: (id) => void navigate({ to: '/plans/$id', params: { id } }) }}
      actions={
        <>
          <Button
            leftSection={<IconEdit size={14} />}
            renderRoot={(props) => <Link to="/plans/$id/edit" params={{ id: plan.lago_id }} {...props} />}
          >
            <Trans>Edit</Trans>
          </Button>
          <MoreMenu name={plan.name} apiPath={`/api/v1/plans/${pathPart(plan.code)}`} json={{ plan }}>
            <Menu.Item
              leftSection={<IconCopy size={14} />}
              onClick={() => void navigate({ to: '/plans/new', search: { from: plan.lago_id } })}
            >
              <Trans>Duplicate</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => exportPlan(plan)}>
              <Trans>Export as JSON</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={14} />} color="var(--ink-red)" onClick={() => setDeleting(true)}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </MoreMenu>
        </>
      }
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 32, padding: '8px 24px 48px' }}>
        <Stack gap="lg" style={{ flex: '1 1 420px', minWidth: 0 }}>
          <PlanFacts page={page} />
          <Charges page={page} />
          <PlanSubscriptions plan={plan} />
        </Stack>
        <div style={{ flex: '1 1 360px', minWidth: 0, maxWidth: 640 }}>
          <PlanCalculator page={page} />
        </div>
      </div>
      <DeletePlanPanel
        planId={isDeleting ? plan.lago_id : null}
        onClose={() => setDeleting(false)}
        onDeleted={() => void navigate({ to: '/plans' })}
      />
    </DetailPage>
  );
}

function PlanFacts({ page }: { readonly page: PlanPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { plan } = page;
  const commitment = plan.minimum_commitment;
  const facts: readonly (readonly [string, JSX.Element | string])[] = [
    [t`Billed`, `${_(INTERVAL_LABELS[plan.interval])}${plan.bill_charges_monthly === true ? `, ${t`charges every month`}` : ''}`],
    [t`Base fee`, `${formatMoney(plan.amount_cents, plan.amount_currency)} ${plan.pay_in_advance ? t`in advance` : t`in arrears`}`],
    ...(plan.trial_period !== null && plan.trial_period > 0 ? [[t`Trial`, t`${formatUnits(plan.trial_period)} days`] as const] : []),
    ...(commitment === undefined ? [] : [[t`Minimum commitment`, formatMoney(commitment.amount_cents, plan.amount_currency)] as const]),
    ...(plan.taxes.length === 0 ? [] : [[t`Taxes`, plan.taxes.map((tax) => tax.name).join(', ')] as const]),
    ...(plan.usage_thresholds.length === 0
      ? []
      : [
          [
            t`Usage thresholds`,
            plan.usage_thresholds.map(({ amount_cents }) => formatMoney(amount_cents, plan.amount_currency)).join(', '),
          ] as const,
        ]),
    [t`Created`, <Time key="created" at={plan.created_at} />],
  ];
  return (
    <Stack gap="xs">
      {plan.description !== null && (
        <Text size="sm">
          <bdi>{plan.description}</bdi>
        </Text>
      )}
      <Table withRowBorders={false} verticalSpacing={3} horizontalSpacing={0}>
        <Table.Tbody>
          {facts.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th w={170} fw={400} c="dimmed" scope="row">
                {label}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Charges({ page }: { readonly page: PlanPageAnswer }): JSX.Element {
  const { plan } = page;
  return (
    <section>
      <Title order={2} mb="xs">
        <Trans>Charges</Trans>
      </Title>
      {plan.charges.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Only the base fee is billed.</Trans>
        </Text>
      )}
      <Stack gap="md">
        {plan.charges.map((charge) => (
          <ChargeFacts key={charge.lago_id} charge={charge} page={page} />
        ))}
      </Stack>
    </section>
  );
}

/** One charge in words. */
function ChargeFacts({ charge, page }: { readonly charge: ChargeAnswer; readonly page: PlanPageAnswer }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const currency = page.plan.amount_currency;
  const metric = page.billable_metrics.find(({ lago_id }) => lago_id === charge.lago_billable_metric_id);
  const model = MODEL_LABELS[charge.charge_model];
  const groups = groupKeysOf(charge.properties);
  const words = { model: charge.charge_model, currency };
  return (
    <div>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          <bdi>{charge.invoice_display_name ?? metric?.name ?? charge.billable_metric_code}</bdi>
        </Text>
        <Badge size="sm" variant="default">
          {model === undefined ? charge.charge_model : _(model)}
        </Badge>
        <Anchor
          size="xs"
          renderRoot={(props) => <Link to="/billable-metrics/$id" params={{ id: charge.lago_billable_metric_id }} {...props} />}
        >
          {charge.billable_metric_code}
        </Anchor>
      </Group>
      <Text size="sm" component="div" className="number" style={{ whiteSpace: 'normal' }}>
        <PriceWords {...words} properties={charge.properties} />
      </Text>
      {charge.filters.map((filter) => (
        <Text key={filter.lago_id} size="sm" component="div" mt={4} className={classes['filter'] ?? ''}>
          <bdi>{filterName({ values: filter.values, invoice_display_name: filter.invoice_display_name ?? '' })}</bdi>
          <PriceWords {...words} properties={filter.properties} />
        </Text>
      ))}
      <Text size="xs" c="dimmed" component="div">
        {charge.pay_in_advance && (
          <div>{charge.invoiceable ? t`Each event is billed at once.` : t`Each event makes a fee at once, without an invoice.`}</div>
        )}
        {charge.prorated && <div>{t`Units are weighed by the days they were held.`}</div>}
        {charge.min_amount_cents > 0 && <div>{t`At least ${formatMoney(charge.min_amount_cents, currency)} per period.`}</div>}
        {groups !== '' && <div>{t`Priced for each ${groups} by itself.`}</div>}
      </Text>
    </div>
  );
}

function groupKeysOf(properties: ChargeAnswer['properties']): string {
  const keys = properties['pricing_group_keys'];
  return Array.isArray(keys) ? keys.map(String).join(', ') : '';
}

const SHOWN_SUBSCRIPTIONS = 8;

/** Who is on the plan, newest first. */
function PlanSubscriptions({ plan }: Pick<PlanPageAnswer, 'plan'>): JSX.Element {
  const { t } = useLingui();
  const list = useListQuery<SubscriptionRow>({
    entity: 'subscription',
    path: '/api/internal/lists/subscriptions',
    filters: { plan_id: plan.lago_id, status: 'active,pending', sort: 'started', direction: 'desc' },
  });
  const total = list.total;
  return (
    <section>
      <Title order={2} mb="xs">
        <Trans>Subscriptions</Trans>
      </Title>
      {!list.isFirstLoad && list.rows.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Nobody is on this plan yet.</Trans>
        </Text>
      )}
      {list.rows.length > 0 && (
        <Table aria-label={t`Subscriptions of ${plan.name}`}>
          <Table.Tbody>
            {list.rows.slice(0, SHOWN_SUBSCRIPTIONS).map(({ subscription: row, customer_name: customer }) => (
              <Table.Tr key={row.lago_id}>
                <Table.Td>
                  <Anchor size="sm" renderRoot={(props) => <Link to="/subscriptions/$id" params={{ id: row.lago_id }} {...props} />}>
                    <bdi>{customer === '' ? row.external_customer_id : customer}</bdi>
                  </Anchor>
                </Table.Td>
                <Table.Td className="code">{row.external_id}</Table.Td>
                <Table.Td>
                  <Time at={row.started_at} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {total > SHOWN_SUBSCRIPTIONS && (
        <Anchor size="sm" renderRoot={(props) => <Link to="/subscriptions" search={{ plan: plan.lago_id }} {...props} />}>
          <Trans>All {total} subscriptions</Trans>
        </Anchor>
      )}
    </section>
  );
}

function PlanCalculator({ page }: { readonly page: PlanPageAnswer }): JSX.Element {
  const { plan, billable_metrics: metrics } = page;
  const values = useMemo(() => valuesOfPlan(plan), [plan]);
  const [usage, setUsage] = useState<UsageValues>(() => exampleUsageOf(plan.lago_id, values.charges));
  const price = usePrice({
    plan: bodyOf(values),
    planId: plan.lago_id,
    usage: usageBody(usage, values.charges),
    keys: values.charges.map(({ key }) => key),
  });
  return <Calculator price={price} charges={calculatedCharges(values, metrics)} usage={usage} onUsage={setUsage} />;
}
