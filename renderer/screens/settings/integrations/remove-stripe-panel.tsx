import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { PaymentProviderAnswer } from '../../../../shared/wire/payment-provider.ts';
import { pathPart, send } from '../../../api-client.ts';
import { ConfirmPanel } from '../../../components/confirm-panel.tsx';

interface RemoveStripePanelProps {
  readonly account: PaymentProviderAnswer;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Says what is detached, then removes an account. */
export function RemoveStripePanel({ account, opened, onClose }: RemoveStripePanelProps): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Remove “${account.name}”`}
      confirmLabel={t`Remove “${account.name}”`}
      isDestructive
      canConfirm
      onConfirm={async () => {
        await send('DELETE', `/api/v1/payment_providers/${pathPart(account.code)}`);
        await queries.invalidateQueries({ queryKey: ['payment_provider'] });
      }}
    >
      <Text size="sm">
        <Trans>
          Its customers are detached here and stay what they are at Stripe. Nothing is collected through it any more. Payments that were
          made keep their place.
        </Trans>
      </Text>
    </ConfirmPanel>
  );
}
