import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { CustomerDeletionAnswer } from '../../../shared/internal/customers.ts';
import { pathPart, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { formatMoney } from '../../format/money.ts';

interface DeleteCustomerPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
  readonly customer: { readonly id: string; readonly externalId: string; readonly name: string };
}

/** What goes with a customer, tried out by the engine, then the deletion. */
export function DeleteCustomerPanel({ opened, onClose, onDeleted, customer }: DeleteCustomerPanelProps): JSX.Element {
  const { t } = useLingui();
  const { name } = customer;
  const preview = useQuery({
    queryKey: ['customer', customer.id, 'deletion'],
    queryFn: () => send<CustomerDeletionAnswer>('POST', `/api/internal/customers/${customer.id}/deletion_preview`),
    enabled: opened,
  });
  const remove = async (): Promise<void> => {
    await send('DELETE', `/api/v1/customers/${pathPart(customer.externalId)}`);
    onDeleted?.();
  };
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Delete “${name}”`}
      confirmLabel={t`Delete “${name}”`}
      isDestructive
      canConfirm={preview.isSuccess}
      onConfirm={remove}
    >
      <StateBoundary query={preview} rows={4}>
        {(deletion) => <Effects deletion={deletion} />}
      </StateBoundary>
      <Text size="sm" c="dimmed">
        <Trans>
          Invoices, credit notes and events stay in the books. The external id is free again. A deleted customer cannot be brought back.
        </Trans>
      </Text>
    </ConfirmPanel>
  );
}

function Effects({ deletion }: { readonly deletion: CustomerDeletionAnswer }): JSX.Element {
  const { ended_subscriptions: ended, canceled_subscriptions: canceled, ended_wallets: wallets } = deletion;
  const nothing = [ended, canceled, deletion.invoices, wallets].every((list) => list.length === 0) && deletion.ended_coupons === 0;
  if (nothing) {
    return (
      <Text size="sm">
        <Trans>Nothing is billed: this customer has no subscription, wallet or coupon that runs.</Trans>
      </Text>
    );
  }
  return (
    <List size="sm" spacing={6}>
      {ended.map((row) => (
        <List.Item key={`ended ${row.external_id}`}>
          <Trans>
            The subscription <b>{row.name ?? row.plan_name}</b> ({row.external_id}) ends now.
          </Trans>
        </List.Item>
      ))}
      {canceled.map((row) => (
        <List.Item key={`canceled ${row.external_id}`}>
          <Trans>
            The subscription <b>{row.name ?? row.plan_name}</b> ({row.external_id}), which has not started, is canceled.
          </Trans>
        </List.Item>
      ))}
      {deletion.invoices.map((invoice, index) => (
        <List.Item key={`invoice ${String(index)}`}>
          <Trans>
            A last invoice of <b>{formatMoney(invoice.total_amount_cents, invoice.currency)}</b> becomes final.
          </Trans>
        </List.Item>
      ))}
      {deletion.credit_notes.map((note, index) => (
        <List.Item key={`note ${String(index)}`}>
          <Trans>
            A credit note of <b>{formatMoney(note.total_amount_cents, note.currency)}</b> is made for unused days.
          </Trans>
        </List.Item>
      ))}
      {deletion.ended_coupons > 0 && (
        <List.Item>
          <Plural value={deletion.ended_coupons} one="# coupon ends." other="# coupons end." />
        </List.Item>
      )}
      {wallets.map((wallet, index) => (
        <List.Item key={`wallet ${String(index)}`}>
          <Trans>
            The wallet <b>{wallet.name}</b> ends; the {formatMoney(wallet.balance_cents, wallet.currency)} left in it pay nothing any more.
          </Trans>
        </List.Item>
      ))}
    </List>
  );
}
