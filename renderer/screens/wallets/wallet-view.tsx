import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconEdit, IconPlus } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { CustomerAnswer } from '../../../shared/wire/customer.ts';
import type { WalletAnswer } from '../../../shared/wire/wallet.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Code, Money, Time } from '../../components/values.tsx';
import { formatMoney, formatUnitPrice, formatUnits } from '../../format/money.ts';
import { Facts, type Fact } from '../customers/facts.tsx';
import { EndWalletPanel } from './end-wallet-panel.tsx';
import { useRuleWords } from './rule-words.ts';
import { TopUpPanel } from './top-up-panel.tsx';
import { TransactionTable } from './transaction-table.tsx';
import { WalletPanel } from './wallet-panel.tsx';

interface WalletViewProps {
  readonly wallet: WalletAnswer;
  readonly customer: CustomerAnswer;
}

type OpenPanel = 'top-up' | 'edit' | 'end' | null;

/** One wallet: what is in it, what will be left of it, and what came and went. */
export function WalletView({ wallet, customer }: WalletViewProps): JSX.Element {
  const { t } = useLingui();
  const [panel, setPanel] = useState<OpenPanel>(null);
  const isActive = wallet.status === 'active';
  const close = (): void => setPanel(null);
  return (
    <Stack gap="md" component="section" aria-label={wallet.name ?? wallet.code}>
      <Group justify="space-between">
        <Group gap="xs">
          <Title order={3}>
            <bdi>{wallet.name ?? wallet.code}</bdi>
          </Title>
          {isActive ? <StatusBadge tone="green" label={t`Active`} /> : <StatusBadge tone="grey" label={t`Ended`} />}
        </Group>
        {isActive && (
          <Group gap="xs">
            <Button leftSection={<IconPlus size={14} />} onClick={() => setPanel('top-up')}>
              <Trans>Top up</Trans>
            </Button>
            <Button variant="default" leftSection={<IconEdit size={14} />} onClick={() => setPanel('edit')}>
              <Trans>Edit wallet</Trans>
            </Button>
            <Button variant="default" c="var(--ink-red)" onClick={() => setPanel('end')}>
              <Trans>End wallet…</Trans>
            </Button>
          </Group>
        )}
      </Group>
      <Balances wallet={wallet} />
      <Facts facts={useWalletFacts(wallet)} />
      <TransactionTable walletId={wallet.lago_id} />
      <TopUpPanel wallet={wallet} opened={panel === 'top-up'} onClose={close} />
      <EndWalletPanel wallet={wallet} opened={panel === 'end'} onClose={close} />
      {panel === 'edit' && <WalletPanel key={wallet.lago_id} opened wallet={wallet} customer={customer} onClose={close} />}
    </Stack>
  );
}

function Balances({ wallet }: { readonly wallet: WalletAnswer }): JSX.Element {
  const isShort = wallet.ongoing_balance_cents <= 0 && wallet.status === 'active';
  const credits = formatUnits(wallet.credits_balance);
  const ongoing = formatUnits(wallet.credits_ongoing_balance);
  const used = formatMoney(wallet.ongoing_usage_balance_cents, wallet.currency);
  return (
    <Group gap="xl">
      <div>
        <Text size="xs" c="dimmed">
          <Trans>Balance</Trans>
        </Text>
        <Text fz="lg" fw={600} data-balance>
          <Money cents={wallet.balance_cents} currency={wallet.currency} />
        </Text>
        <Text size="xs" c="dimmed">
          <Trans>{credits} credits</Trans>
        </Text>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          <Trans>Ongoing balance</Trans>
        </Text>
        <Text fz="lg" fw={600} c={isShort ? 'var(--ink-red)' : undefined} data-ongoing>
          <Money cents={wallet.ongoing_balance_cents} currency={wallet.currency} />
        </Text>
        <Text size="xs" c="dimmed">
          <Trans>
            {ongoing} credits, after {used} of usage and drafts
          </Trans>
        </Text>
      </div>
    </Group>
  );
}

function useWalletFacts(wallet: WalletAnswer): readonly Fact[] {
  const { t } = useLingui();
  const ruleWords = useRuleWords();
  const rule = wallet.recurring_transaction_rules[0];
  const { fee_types: feeTypes, billable_metric_codes: metrics } = wallet.applies_to;
  const limits = [...feeTypes.map((type) => type.replaceAll('_', ' ')), ...metrics].join(', ');
  const least = wallet.paid_top_up_min_amount_cents;
  const most = wallet.paid_top_up_max_amount_cents;
  const purchases = [
    least === null ? null : t`at least ${formatMoney(least, wallet.currency)}`,
    most === null ? null : t`at most ${formatMoney(most, wallet.currency)}`,
  ].filter((part) => part !== null);
  return [
    { label: t`Worth of one credit`, value: formatUnitPrice(wallet.rate_amount, wallet.currency) },
    { label: t`Consumed`, value: t`${formatUnits(wallet.consumed_credits)} credits` },
    { label: t`Priority`, value: formatUnits(wallet.priority) },
    { label: t`Code`, value: <Code>{wallet.code}</Code> },
    ...(limits === '' ? [] : [{ label: t`Pays only`, value: limits }]),
    ...(purchases.length === 0 ? [] : [{ label: t`Purchases`, value: purchases.join(', ') }]),
    ...(rule === undefined ? [] : [{ label: t`Recurring top-up`, value: rule.status === 'active' ? ruleWords(rule) : t`over` }]),
    { label: t`Ends`, value: wallet.expiration_at === null ? t`never` : <Time at={wallet.expiration_at} /> },
    ...(wallet.terminated_at === null ? [] : [{ label: t`Ended`, value: <Time at={wallet.terminated_at} /> }]),
  ];
}
