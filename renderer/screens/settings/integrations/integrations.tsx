import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Stack, Text } from '@mantine/core';
import { IconCreditCard, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { PaymentProviderAnswer } from '../../../../shared/wire/payment-provider.ts';
import { read } from '../../../api-client.ts';
import { DetailPage } from '../../../components/detail-page.tsx';
import { NothingYet, StateBoundary } from '../../../components/states.tsx';
import { useSettingsTabs } from '../settings-tabs.tsx';
import { ConnectStripePanel } from './connect-stripe-panel.tsx';
import { SecretStoreText } from './secret-store-text.tsx';
import { StripeAccountCard } from './stripe-account-card.tsx';

/** `/settings/integrations`: Stripe accounts that collect invoices. */
export function Integrations(): JSX.Element {
  const { t } = useLingui();
  const [isConnecting, setConnecting] = useState(false);
  const providers = useQuery({
    queryKey: ['payment_provider'],
    queryFn: ({ signal }) =>
      read<{ readonly payment_providers: readonly PaymentProviderAnswer[] }>('/api/v1/payment_providers?per_page=100', { signal }),
  });
  const connectButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setConnecting(true)}>
      <Trans>Connect Stripe</Trans>
    </Button>
  );
  const rows = providers.data?.payment_providers ?? [];
  return (
    <DetailPage title={t`Integrations`} crumbs={[]} tabs={useSettingsTabs()} actions={rows.length > 0 ? connectButton : undefined}>
      <Stack p="lg" gap="lg" maw={820}>
        <Text size="sm" c="dimmed">
          <Trans>
            Stripe collects invoices by card and bank debit. It works without an address on the internet: this program asks Stripe what
            became of payments.
          </Trans>{' '}
          <SecretStoreText />
        </Text>
        <StateBoundary query={providers}>
          {({ payment_providers: accounts }) =>
            accounts.length === 0 ? (
              <NothingYet icon={<IconCreditCard />} title={t`Stripe is not connected`} actions={connectButton}>
                <Trans>Without it invoices are made all the same, and payments are recorded by hand.</Trans>
              </NothingYet>
            ) : (
              <Stack gap="xl">
                {accounts.map((account) => (
                  <StripeAccountCard key={account.lago_id} account={account} />
                ))}
              </Stack>
            )
          }
        </StateBoundary>
      </Stack>
      <ConnectStripePanel opened={isConnecting} isFirst={rows.length === 0} onClose={() => setConnecting(false)} />
    </DetailPage>
  );
}
