import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX } from 'react';
import type { ApiKeyAnswer } from '../../../../shared/internal/developers.ts';
import { send } from '../../../api-client.ts';
import { ConfirmPanel } from '../../../components/confirm-panel.tsx';
import { formatTime } from '../../../format/dates.ts';

/** Says who stops working, then ends a key at once. */
export function RevokeKeyPanel({ apiKey, onClose }: { readonly apiKey: ApiKeyAnswer | null; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const name = apiKey?.name ?? t`Key without a name`;
  const ending = apiKey?.last4 ?? '';
  const lastUse = apiKey?.last_used_at == null ? null : formatTime(apiKey.last_used_at);
  return (
    <ConfirmPanel
      opened={apiKey !== null}
      onClose={onClose}
      title={t`Revoke “${name}”`}
      confirmLabel={t`Revoke “${name}”`}
      isDestructive
      canConfirm
      onConfirm={() => send('DELETE', `/api/internal/api_keys/${apiKey?.lago_id ?? ''}`)}
    >
      <Text size="sm">
        <Trans>The key that ends in {ending} stops working at once, and cannot be brought back. Calls with it are answered 401.</Trans>
      </Text>
      <Text size="sm" fw={600}>
        {lastUse === null ? <Trans>It was never used.</Trans> : <Trans>It was last used at {lastUse}.</Trans>}
      </Text>
      <Text size="sm" c="dimmed">
        <Trans>To replace a key that is in use, rotate it: then the old one keeps working for a while.</Trans>
      </Text>
    </ConfirmPanel>
  );
}
