import { Trans, useLingui } from '@lingui/react/macro';
import { List, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { TopUpEffectAnswer } from '../../../shared/internal/wallets.ts';
import type { WalletAnswer } from '../../../shared/wire/wallet.ts';
import { ask, send } from '../../api-client.ts';
import { ConfirmPanel, RefusedNote } from '../../components/confirm-panel.tsx';
import { formErrorsOf } from '../../components/form-errors.ts';
import { Day } from '../../components/values.tsx';
import { formatMoney, formatUnitPrice, formatUnits } from '../../format/money.ts';
import { creditFieldsOf } from './credit-errors.ts';

const ASK_DELAY_MS = 200;

interface TopUpPanelProps {
  readonly wallet: WalletAnswer;
  readonly opened: boolean;
  readonly onClose: () => void;
}

type CreditField = 'paid_credits' | 'granted_credits' | 'voided_credits';
type Credits = Readonly<Record<CreditField, string>>;

const NO_CREDITS: Credits = { paid_credits: '', granted_credits: '', voided_credits: '' };

/** Credits in or out of a wallet; what that does is tried out by the engine while one types. */
export function TopUpPanel({ wallet, opened, onClose }: TopUpPanelProps): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [credits, setCredits] = useState(NO_CREDITS);
  const [name, setName] = useState('');
  const asked = askedOf(credits);
  const [settled] = useDebouncedValue(asked, ASK_DELAY_MS);
  const isAsked = Object.keys(asked).length > 0;
  const isSettled = JSON.stringify(settled) === JSON.stringify(asked);
  const effect = useQuery({
    queryKey: ['wallet', wallet.lago_id, 'top_up', settled],
    queryFn: ({ signal }) =>
      ask<TopUpEffectAnswer>(`/api/internal/wallets/${wallet.lago_id}/top_up_preview`, { wallet_transaction: settled }, signal),
    enabled: opened && Object.keys(settled).length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const errors = formErrorsOf(creditFieldsOf(effect.error));
  const close = (): void => {
    setCredits(NO_CREDITS);
    setName('');
    onClose();
  };
  const confirm = async (): Promise<void> => {
    await send('POST', '/api/v1/wallet_transactions', {
      wallet_transaction: { wallet_id: wallet.lago_id, ...asked, ...(name.trim() === '' ? {} : { name: name.trim() }) },
    });
    await queries.invalidateQueries({ queryKey: ['wallet'] });
  };
  const field = (key: CreditField, label: string, description: string): JSX.Element => (
    <TextInput
      label={label}
      description={description}
      inputMode="decimal"
      value={credits[key]}
      error={isSettled ? errors[key] : undefined}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setCredits((before) => ({ ...before, [key]: value }));
      }}
    />
  );
  const walletName = wallet.name ?? wallet.code;
  return (
    <ConfirmPanel
      opened={opened}
      onClose={close}
      title={t`Top up “${walletName}”`}
      confirmLabel={t`Top up`}
      canConfirm={isAsked && isSettled && effect.isSuccess && !effect.isPlaceholderData}
      onConfirm={confirm}
    >
      <Text size="sm" c="dimmed">
        <Trans>One credit is worth {formatUnitPrice(wallet.rate_amount, wallet.currency)}.</Trans>
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        {field('paid_credits', t`Paid credits`, t`Come when they are paid.`)}
        {field('granted_credits', t`Granted credits`, t`Come at once, for free.`)}
        {field('voided_credits', t`Voided credits`, t`Taken out for nothing.`)}
      </SimpleGrid>
      <TextInput
        label={t`Name`}
        description={t`Shown in the list of transactions.`}
        value={name}
        maxLength={255}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {effect.error !== null && Object.keys(errors).length === 0 && <RefusedNote error={effect.error} />}
      {isAsked && effect.data !== undefined && effect.error === null && <TopUpEffect effect={effect.data} />}
      {!isAsked && (
        <Text size="sm" c="dimmed">
          <Trans>Enter credits to see what that does.</Trans>
        </Text>
      )}
    </ConfirmPanel>
  );
}

function askedOf(credits: Credits): Readonly<Partial<Credits>> {
  return Object.fromEntries(
    Object.entries(credits)
      .map(([key, text]) => [key, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}

function TopUpEffect({ effect }: { readonly effect: TopUpEffectAnswer }): JSX.Element {
  const { t } = useLingui();
  const { currency, invoice } = effect;
  const balance = ({ cents, credits }: TopUpEffectAnswer['balance_after']): string =>
    t`${formatMoney(cents, currency)} (${formatUnits(credits)} credits)`;
  const words = { purchased: t`bought`, granted: t`granted`, voided: t`voided`, invoiced: t`used` };
  return (
    <Stack gap="xs" aria-live="polite">
      <Title order={2}>
        <Trans>What this does</Trans>
      </Title>
      <List size="sm" spacing={6}>
        {effect.transactions.map((transaction) => (
          <List.Item key={transaction.transaction_status}>
            <Trans>
              {formatUnits(transaction.credit_amount)} credits worth <b>{formatMoney(transaction.amount_cents, currency)}</b> are{' '}
              {words[transaction.transaction_status]}.
            </Trans>
          </List.Item>
        ))}
        {invoice !== null && (
          <List.Item>
            <Trans>
              An invoice of <b>{formatMoney(invoice.total_amount_cents, currency)}</b> is made now, due{' '}
              <Day on={invoice.payment_due_date} />.
            </Trans>{' '}
            {effect.is_collected ? (
              <Trans>The payment provider is asked for it at once.</Trans>
            ) : (
              <Trans>The credits come when it is marked as paid.</Trans>
            )}
          </List.Item>
        )}
        <List.Item>
          <Trans>
            Balance now: {balance(effect.balance_before)}. Afterwards: <b>{balance(effect.balance_after)}</b>.
          </Trans>
        </List.Item>
        {effect.balance_when_paid.cents !== effect.balance_after.cents && (
          <List.Item>
            <Trans>
              Once the invoice is paid: <b>{balance(effect.balance_when_paid)}</b>.
            </Trans>
          </List.Item>
        )}
      </List>
    </Stack>
  );
}
