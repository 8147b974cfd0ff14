import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX } from 'react';
import type { WalletAnswer } from '../../../shared/wire/wallet.ts';
import { send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { formatMoney, formatUnits } from '../../format/money.ts';

interface EndWalletPanelProps {
  readonly wallet: WalletAnswer;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Says what is lost, then ends the wallet. */
export function EndWalletPanel({ wallet, opened, onClose }: EndWalletPanelProps): JSX.Element {
  const { t } = useLingui();
  const name = wallet.name ?? wallet.code;
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`End the wallet “${name}”`}
      confirmLabel={t`End “${name}”`}
      isDestructive
      canConfirm
      onConfirm={() => send('DELETE', `/api/v1/wallets/${wallet.lago_id}`)}
    >
      <Text size="sm">
        <Trans>
          The {formatUnits(wallet.credits_balance)} credits left in it, worth <b>{formatMoney(wallet.balance_cents, wallet.currency)}</b>,
          pay nothing any more. Its recurring top-up ends. Purchases that wait for their payment still settle, but cannot be used.
        </Trans>
      </Text>
      <Text size="sm" c="dimmed">
        <Trans>An ended wallet cannot be opened again.</Trans>
      </Text>
    </ConfirmPanel>
  );
}
