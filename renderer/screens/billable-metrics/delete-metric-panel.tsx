import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { List, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { MetricPageAnswer } from '../../../shared/internal/metrics.ts';
import { pathPart, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { formatUnits } from '../../format/money.ts';
import { useMetric } from './use-metric.ts';

interface DeleteMetricPanelProps {
  readonly metric: { readonly lago_id: string; readonly name: string; readonly code: string } | null;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Says what goes with the metric, then deletes it. */
export function DeleteMetricPanel({ metric, onClose, onDeleted }: DeleteMetricPanelProps): JSX.Element {
  const { t } = useLingui();
  const page = useMetric(metric?.lago_id ?? null);
  const name = metric?.name ?? '';
  return (
    <ConfirmPanel
      opened={metric !== null}
      onClose={onClose}
      title={t`Delete the metric “${name}”`}
      confirmLabel={t`Delete “${name}”`}
      isDestructive
      canConfirm={page.isSuccess}
      onConfirm={async () => {
        await send('DELETE', `/api/v1/billable_metrics/${pathPart(metric?.code ?? '')}`);
        onDeleted?.();
      }}
    >
      {metric !== null && <StateBoundary query={page}>{(known) => <Effects known={known} />}</StateBoundary>}
    </ConfirmPanel>
  );
}

function Effects({ known }: { readonly known: MetricPageAnswer }): JSX.Element {
  const { plans, events_count: events, billable_metric: metric } = known;
  return (
    <Stack gap="xs">
      {plans.length === 0 ? (
        <Text size="sm">
          <Trans>No plan charges for it: no invoice changes.</Trans>
        </Text>
      ) : (
        <>
          <Text size="sm">
            <Plural
              value={plans.length}
              one="This plan loses its charge, and what was used since its last invoice is billed to nobody:"
              other="These # plans lose their charges, and what was used since their last invoices is billed to nobody:"
            />
          </Text>
          <List size="sm">
            {plans.map((plan) => (
              <List.Item key={plan.lago_id}>
                <bdi>{plan.name}</bdi>,{' '}
                <Plural value={plan.subscriptions_count} one="# active subscription" other="# active subscriptions" />
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Text size="sm">
        <Trans>
          Invoices that are final stay as they are. {formatUnits(events)} events with the code {metric.code} stay, too: they match nothing
          until a metric has that code again.
        </Trans>
      </Text>
    </Stack>
  );
}
