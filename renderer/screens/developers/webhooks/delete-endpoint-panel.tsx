import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX } from 'react';
import type { WebhookEndpointAnswer } from '../../../../shared/wire/webhook-endpoint.ts';
import { send } from '../../../api-client.ts';
import { ConfirmPanel } from '../../../components/confirm-panel.tsx';

interface DeleteEndpointPanelProps {
  readonly endpoint: WebhookEndpointAnswer | null;
  readonly onClose: () => void;
}

/** Says what goes with an endpoint, then deletes it. */
export function DeleteEndpointPanel({ endpoint, onClose }: DeleteEndpointPanelProps): JSX.Element {
  const { t } = useLingui();
  const url = endpoint?.webhook_url ?? '';
  return (
    <ConfirmPanel
      opened={endpoint !== null}
      onClose={onClose}
      title={t`Delete the endpoint`}
      confirmLabel={t`Delete endpoint`}
      isDestructive
      canConfirm
      onConfirm={() => send('DELETE', `/api/v1/webhook_endpoints/${endpoint?.lago_id ?? ''}`)}
    >
      <Text size="sm" className="code" style={{ overflowWrap: 'anywhere' }}>
        <bdi>{url}</bdi>
      </Text>
      <Text size="sm">
        <Trans>It is told nothing more. Messages that wait for it, and the list of those that it got, go with it.</Trans>
      </Text>
    </ConfirmPanel>
  );
}
