import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconPlugConnected, IconRefresh } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { ConnectionAnswer, StripeFactsAnswer } from '../../../../shared/internal/settings.ts';
import type { PaymentProviderAnswer } from '../../../../shared/wire/payment-provider.ts';
import { pathPart, read, send } from '../../../api-client.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { MoreMenu } from '../../../components/more-menu.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { saveReversible } from '../../../components/undo.ts';
import { Code, Nothing } from '../../../components/values.tsx';
import { formatUnits } from '../../../format/money.ts';
import { Facts } from '../../developers/facts.tsx';
import { RedirectField } from './redirect-field.tsx';
import { RemoveStripePanel } from './remove-stripe-panel.tsx';
import { ReplaceSecretPanel } from './replace-secret-panel.tsx';
import { StripeWebhookHelp } from './stripe-webhook-help.tsx';

type Opened = 'secret_key' | 'webhook_secret' | 'remove' | null;

/** One Stripe account: its state, its settings, and how its news come here. */
export function StripeAccountCard({ account }: { readonly account: PaymentProviderAnswer }): JSX.Element {
  const { t } = useLingui();
  const [opened, setOpened] = useState<Opened>(null);
  const path = `/api/v1/payment_providers/${pathPart(account.code)}`;
  const facts = useQuery({
    queryKey: ['payment_provider', 'facts', account.code],
    queryFn: ({ signal }) =>
      read<{ readonly stripe: StripeFactsAnswer }>(`/api/internal/settings/stripe/${pathPart(account.code)}`, { signal }),
  });
  const isOfEnvironment = facts.data?.stripe.is_key_of_environment ?? false;
  return (
    <Stack gap="md" component="section" aria-label={account.name}>
      <Group justify="space-between">
        <Group gap="xs">
          <Title order={2}>
            <bdi>{account.name}</bdi>
          </Title>
          <ModeBadge account={account} />
        </Group>
        <Group gap="xs">
          <ConnectionTest code={account.code} />
          <MoreMenu name={account.name} apiPath={path} json={{ payment_provider: account }} />
        </Group>
      </Group>
      <Facts
        facts={[
          [t`Code`, <Code key="code">{account.code}</Code>],
          [t`Secret key`, <KeyText key="key" account={account} isOfEnvironment={isOfEnvironment} />],
          [t`Webhook secret`, account.webhook_secret_set ? t`Set` : <Nothing key="secret" />],
        ]}
      />
      <Group gap="xs">
        {!isOfEnvironment && (
          <Button variant="default" onClick={() => setOpened('secret_key')}>
            <Trans>Replace secret key…</Trans>
          </Button>
        )}
        <Button variant="default" onClick={() => setOpened('webhook_secret')}>
          {account.webhook_secret_set ? <Trans>Replace webhook secret…</Trans> : <Trans>Enter webhook secret…</Trans>}
        </Button>
        {!isOfEnvironment && (
          <Button variant="subtle" color="red.8" onClick={() => setOpened('remove')}>
            <Trans>Remove…</Trans>
          </Button>
        )}
      </Group>
      <AccountSwitches account={account} path={path} />
      <RedirectField account={account} path={path} />
      {facts.data !== undefined && <StripeWebhookHelp webhookUrl={facts.data.stripe.webhook_url} />}
      <ReplaceSecretPanel
        account={account}
        secret={opened === 'secret_key' || opened === 'webhook_secret' ? opened : null}
        onClose={() => setOpened(null)}
      />
      <RemoveStripePanel account={account} opened={opened === 'remove'} onClose={() => setOpened(null)} />
    </Stack>
  );
}

function ModeBadge({ account }: { readonly account: PaymentProviderAnswer }): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      {account.mode === 'live' ? <StatusBadge tone="green" label={t`Live`} /> : <StatusBadge tone="amber" label={t`Test mode`} />}
      {!account.verified && <StatusBadge tone="amber" label={t`Not tried out yet`} isWarning />}
    </>
  );
}

function KeyText({
  account,
  isOfEnvironment,
}: {
  readonly account: PaymentProviderAnswer;
  readonly isOfEnvironment: boolean;
}): JSX.Element {
  const ending = account.secret_key_last4 ?? '';
  if (isOfEnvironment) return <Trans>ends in {ending}, from the environment of the server</Trans>;
  return account.secret_key_last4 === null ? <Nothing /> : <Trans>ends in {ending}</Trans>;
}

/** Asks Stripe one cheap question, and says what came of it. */
function ConnectionTest({ code }: { readonly code: string }): JSX.Element {
  const test = useMutation({
    mutationFn: () => send<{ readonly connection: ConnectionAnswer }>('POST', `/api/internal/settings/stripe/${pathPart(code)}/test`),
  });
  return (
    <Group gap="xs">
      <span role="status">
        {test.data !== undefined && <ConnectionText connection={test.data.connection} />}
        {test.error !== null && <RefusedNote error={test.error} />}
      </span>
      <Button variant="default" leftSection={<IconPlugConnected size={14} />} loading={test.isPending} onClick={() => test.mutate()}>
        <Trans>Test connection</Trans>
      </Button>
    </Group>
  );
}

function ConnectionText({ connection }: { readonly connection: ConnectionAnswer }): JSX.Element {
  const { t } = useLingui();
  const account = connection.account_name ?? connection.account_id ?? '';
  switch (connection.state) {
    case 'connected':
      return <StatusBadge tone="green" label={t`Connected: ${account}`} />;
    case 'wrong_key':
      return <StatusBadge tone="red" label={t`Stripe refuses the key`} />;
    case 'unreachable':
      return <StatusBadge tone="amber" label={t`Stripe cannot be reached`} isWarning />;
    case 'no_key':
      return <StatusBadge tone="red" label={t`The key cannot be read`} />;
  }
}

interface AccountPartProps {
  readonly account: PaymentProviderAnswer;
  readonly path: string;
}

function AccountSwitches({ account, path }: AccountPartProps): JSX.Element {
  const { t } = useLingui();
  const change = useMutation({
    mutationFn: (values: Readonly<Record<string, boolean>>) =>
      saveReversible('PUT', path, { body: { payment_provider: values }, message: t`Saved the Stripe settings` }),
  });
  const reconcile = useMutation({
    mutationFn: () => send<{ readonly reconciled: { readonly checked: number; readonly changed: number } }>('POST', `${path}/reconcile`),
    onSuccess: ({ reconciled }) => {
      const checked = formatUnits(reconciled.checked);
      const changed = formatUnits(reconciled.changed);
      notifications.show({ message: t`Looked at ${checked} open things; ${changed} had changed` });
    },
  });
  const refused = change.error ?? reconcile.error;
  return (
    <Stack gap="sm">
      <Switch
        label={t`Make new customers at Stripe, too`}
        description={t`Customers who are added here without a word about payment are made there.`}
        checked={account.create_customers}
        onChange={(event) => change.mutate({ create_customers: event.currentTarget.checked })}
      />
      <Switch
        label={t`Let customers confirm payments (3-D Secure)`}
        description={t`A payment that its bank wants confirmed waits for the customer, instead of failing.`}
        checked={account.supports_3ds}
        onChange={(event) => change.mutate({ supports_3ds: event.currentTarget.checked })}
      />
      <Group gap="sm">
        <Button variant="default" leftSection={<IconRefresh size={14} />} loading={reconcile.isPending} onClick={() => reconcile.mutate()}>
          <Trans>Ask Stripe now</Trans>
        </Button>
        <Text size="xs" c="dimmed" component="span">
          <Trans>Looks at every open payment and refund, and at what else happened.</Trans>
        </Text>
      </Group>
      {refused !== null && <RefusedNote error={refused} />}
    </Stack>
  );
}
