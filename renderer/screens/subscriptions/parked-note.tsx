import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { SubscriptionFactsAnswer } from '../../../shared/internal/subscriptions.ts';
import { send } from '../../api-client.ts';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { Time } from '../../components/values.tsx';

/** Billing has stopped until a person looks: why, and the way on. Rule: reliability-and-security.md § 2 "Parked". */
export function ParkedNote({ facts }: { readonly facts: SubscriptionFactsAnswer }): JSX.Element | null {
  const { t } = useLingui();
  const { parked, subscription } = facts;
  const retry = useMutation({ mutationFn: () => send('POST', `/api/internal/subscriptions/${subscription.lago_id}/retry_billing`, {}) });
  if (parked === null) return null;
  return (
    <>
      <Alert color="red" variant="outline" icon={<IconAlertTriangle />} title={t`Billing of this subscription has stopped`} role="alert">
        <Text size="sm" component="div">
          {parked.reason === 'billed_already' ? (
            <Trans>
              On <Time at={parked.at} /> it was to be billed for something that is billed already. Usage is still counted; nothing is lost.
            </Trans>
          ) : (
            <Trans>
              On <Time at={parked.at} /> its invoice could not be made. Usage is still counted; nothing is lost. Mend the cause, then try
              again: what fell due meanwhile is billed with its own dates.
            </Trans>
          )}
        </Text>
        {parked.message !== null && (
          <Text size="xs" className="code" mt={4}>
            {parked.message}
          </Text>
        )}
        <Group gap="sm" mt="sm">
          <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
            <Trans>Try again</Trans>
          </Button>
          {parked.invoice_id !== null && (
            <Anchor size="sm" renderRoot={(props) => <Link to="/invoices/$id" params={{ id: parked.invoice_id ?? '' }} {...props} />}>
              <Trans>Open the failed invoice</Trans>
            </Anchor>
          )}
        </Group>
      </Alert>
      {retry.error !== null && <RefusedNote error={retry.error} />}
    </>
  );
}
