import { Trans, useLingui } from '@lingui/react/macro';
import { List, Modal, Stack, Text, Title } from '@mantine/core';
import type { JSX } from 'react';
import { VERSION } from '../../shared/version.ts';

/** What this version brings. It comes with the program: nothing is fetched. */
export default function ReleaseNotes({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  return (
    <Modal opened onClose={onClose} title={t`What is new in Meterbook ${VERSION}`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="md">
        <Text size="sm">
          <Trans>The first version: usage-based billing on one machine, with the API that Lago’s clients know.</Trans>
        </Text>
        <div>
          <Title order={3} mb={4}>
            <Trans>Metering and prices</Trans>
          </Title>
          <List size="sm" spacing={4}>
            <List.Item>
              <Trans>Six ways to aggregate events, with filters, groups and expressions; seven charge models.</Trans>
            </List.Item>
            <List.Item>
              <Trans>A plan editor that prices every change while you type, by the code that bills it.</Trans>
            </List.Item>
            <List.Item>
              <Trans>Events arrive live, with a warning and a fix for those that count for nothing.</Trans>
            </List.Item>
          </List>
        </div>
        <div>
          <Title order={3} mb={4}>
            <Trans>Invoices and payments</Trans>
          </Title>
          <List size="sm" spacing={4}>
            <List.Item>
              <Trans>Weekly to yearly plans, in advance or in arrears, upgrades and downgrades with proration.</Trans>
            </List.Item>
            <List.Item>
              <Trans>Coupons, add-ons, wallets, credit notes and taxes; PDFs in eight languages.</Trans>
            </List.Item>
            <List.Item>
              <Trans>Payments through Stripe or by hand, and signed webhooks.</Trans>
            </List.Item>
            <List.Item>
              <Trans>Before money moves, a preview made by the billing run itself.</Trans>
            </List.Item>
          </List>
        </div>
        <div>
          <Title order={3} mb={4}>
            <Trans>Safety</Trans>
          </Title>
          <List size="sm" spacing={4}>
            <List.Item>
              <Trans>What was acknowledged is on disk; the database itself refuses to bill anything twice.</Trans>
            </List.Item>
            <List.Item>
              <Trans>A sandbox whose clock you move shows the invoices of months to come.</Trans>
            </List.Item>
          </List>
        </div>
      </Stack>
    </Modal>
  );
}
