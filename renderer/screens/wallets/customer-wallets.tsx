import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Stack, Title } from '@mantine/core';
import { IconPlus, IconWallet } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { CustomerAnswer } from '../../../shared/wire/customer.ts';
import type { WalletAnswer } from '../../../shared/wire/wallet.ts';
import { NothingYet, StateBoundary } from '../../components/states.tsx';
import { formatMoney } from '../../format/money.ts';
import { useLiveUsage } from '../usage/use-live-usage.ts';
import { useWallets, walletsKey } from './use-wallets.ts';
import { WalletPanel } from './wallet-panel.tsx';
import { WalletView } from './wallet-view.tsx';

/** Ongoing balances follow usage, though not event by event. */
const BALANCE_PAUSE_MS = 5_000;

interface CustomerWalletsProps {
  readonly customer: CustomerAnswer;
  /** External ids of its subscriptions, whose usage the ongoing balance falls with. */
  readonly subscriptions: readonly string[];
}

/** The wallets of a customer, one shown at a time. */
export function CustomerWallets({ customer, subscriptions }: CustomerWalletsProps): JSX.Element {
  const { t } = useLingui();
  const wallets = useWallets(customer.lago_id, customer.external_id);
  const [isNewOpen, setNewOpen] = useState(false);
  useLiveUsage(subscriptions, [walletsKey(customer.lago_id)], BALANCE_PAUSE_MS);
  const newButton = (variant: 'filled' | 'default'): JSX.Element => (
    <Button variant={variant} leftSection={<IconPlus size={14} />} onClick={() => setNewOpen(true)}>
      <Trans>Open a wallet</Trans>
    </Button>
  );
  return (
    <Stack gap="sm">
      <StateBoundary query={wallets} rows={5}>
        {({ wallets: rows }) =>
          rows.length === 0 ? (
            <>
              <Title order={2}>
                <Trans>Wallets</Trans>
              </Title>
              <NothingYet icon={<IconWallet />} title={t`No wallet yet`} actions={newButton('filled')}>
                <Trans>A wallet holds credits that were bought beforehand or given: invoices use them before asking for money.</Trans>
              </NothingYet>
            </>
          ) : (
            <Chosen rows={rows} customer={customer} newButton={newButton('default')} />
          )
        }
      </StateBoundary>
      {isNewOpen && <WalletPanel opened wallet={null} customer={customer} onClose={() => setNewOpen(false)} />}
    </Stack>
  );
}

interface ChosenProps {
  readonly rows: readonly WalletAnswer[];
  readonly customer: CustomerAnswer;
  readonly newButton: JSX.Element;
}

function Chosen({ rows, customer, newButton }: ChosenProps): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/customer/customers/$id/credits' });
  const sorted = [...rows].sort(
    (one, other) => Number(other.status === 'active') - Number(one.status === 'active') || one.priority - other.priority,
  );
  const shown = sorted.find((wallet) => wallet.lago_id === search.wallet) ?? sorted[0];
  const labelOf = (wallet: WalletAnswer): string => {
    const name = wallet.name ?? wallet.code;
    return wallet.status === 'active' ? `${name} · ${formatMoney(wallet.balance_cents, wallet.currency)}` : t`${name} (ended)`;
  };
  return (
    <>
      <Group justify="space-between" align="flex-end">
        <Title order={2}>
          <Trans>Wallets</Trans>
        </Title>
        <Group gap="xs">
          {sorted.length > 1 && (
            <Select
              aria-label={t`Wallet`}
              w={260}
              allowDeselect={false}
              data={sorted.map((wallet) => ({ value: wallet.lago_id, label: labelOf(wallet) }))}
              value={shown?.lago_id ?? null}
              onChange={(wallet) => void navigate({ to: '.', search: (old) => ({ ...old, wallet: wallet ?? undefined }), replace: true })}
            />
          )}
          {newButton}
        </Group>
      </Group>
      {shown !== undefined && <WalletView key={shown.lago_id} wallet={shown} customer={customer} />}
    </>
  );
}
