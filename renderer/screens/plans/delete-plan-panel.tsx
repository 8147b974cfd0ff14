import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { PlanPageAnswer } from '../../../shared/internal/plans.ts';
import { pathPart, read, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';

interface DeletePlanPanelProps {
  readonly planId: string | null;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Says what ends with the plan, then deletes it. Rule: subscriptions.md § 7 "Deleting a plan". */
export function DeletePlanPanel({ planId, onClose, onDeleted }: DeletePlanPanelProps): JSX.Element {
  const { t } = useLingui();
  const page = useQuery({
    queryKey: ['plan', planId],
    queryFn: ({ signal }) => read<PlanPageAnswer>(`/api/internal/plans/${planId ?? ''}`, { signal }),
    enabled: planId !== null,
  });
  const plan = page.data?.plan;
  const use = page.data?.use;
  const name = plan?.name ?? '';
  const active = (use?.active_subscriptions_count ?? 0) + (use?.overridden_subscriptions_count ?? 0);
  return (
    <ConfirmPanel
      opened={planId !== null}
      onClose={onClose}
      title={t`Delete the plan “${name}”`}
      confirmLabel={t`Delete “${name}”`}
      isDestructive
      canConfirm={plan !== undefined}
      onConfirm={async () => {
        await send('DELETE', `/api/v1/plans/${pathPart(plan?.code ?? '')}`);
        onDeleted();
      }}
    >
      <Stack gap="xs">
        <Text size="sm">
          {active > 0 ? (
            <Plural
              value={active}
              one="# active subscription ends now and gets its last invoice."
              other="# active subscriptions end now and get their last invoices."
            />
          ) : (
            <Trans>No active subscription is on it.</Trans>
          )}
        </Text>
        {(use?.pending_subscriptions_count ?? 0) > 0 && (
          <Text size="sm">
            <Plural
              value={use?.pending_subscriptions_count ?? 0}
              one="# pending subscription is canceled."
              other="# pending subscriptions are canceled."
            />
          </Text>
        )}
        {(use?.draft_invoices_count ?? 0) > 0 && (
          <Text size="sm">
            <Plural value={use?.draft_invoices_count ?? 0} one="# draft invoice is finalized." other="# draft invoices are finalized." />
          </Text>
        )}
        <Text size="sm" c="dimmed">
          <Trans>Invoices stay as they are. The code can be used again.</Trans>
        </Text>
      </Stack>
    </ConfirmPanel>
  );
}
