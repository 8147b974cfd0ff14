import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconCreditCard, IconFileInvoice } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type JSX, type ReactNode } from 'react';
import type { PaymentFacts } from '../../../shared/internal/payments.ts';
import { pathPart, read, send } from '../../api-client.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { Inspector } from '../../components/inspector.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { StateBoundary } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { CopyId, Money, Nothing, Time } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { REFUSAL_WORDS } from '../invoices/invoice-words.ts';
import { PaymentReason, PaymentStatusBadge, usePaymentReason } from './payment-words.tsx';

/** Everything that is known of one payment, beside the list. */
export function PaymentInspector({ id, onClose }: { readonly id: string; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const facts = useQuery({
    queryKey: ['payment', id, 'facts'],
    queryFn: ({ signal }) => read<PaymentFacts>(`/api/internal/payments/${pathPart(id)}`, { signal }),
  });
  return (
    <Inspector title={t`Payment`} onClose={onClose}>
      <StateBoundary query={facts}>{(answer) => <Facts facts={answer} />}</StateBoundary>
    </Inspector>
  );
}

function Facts({ facts }: { readonly facts: PaymentFacts }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const navigate = useNavigate();
  const [isRetrying, setRetrying] = useState(false);
  const { payment, invoice, customer, retry_refusal: refusal } = facts;
  const due = formatMoney(invoice.total_due_amount_cents, invoice.currency);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={3}>
          <Money cents={payment.amount_cents} currency={payment.amount_currency} />
        </Title>
        <PaymentStatusBadge status={payment.payment_status} />
      </Group>
      <FailureNote code={payment.error_code} />
      <Rows facts={facts} />
      {payment.type === 'provider' && invoice.payment_status !== 'succeeded' && (
        <Group gap="xs">
          <ActionButton
            icon={<IconCreditCard size={15} />}
            refusal={refusal === null ? null : _(REFUSAL_WORDS[refusal])}
            onClick={() => setRetrying(true)}
          >
            <Trans>Retry payment…</Trans>
          </ActionButton>
          <ActionButton
            icon={<IconFileInvoice size={15} />}
            refusal={null}
            onClick={() => void navigate({ to: '/invoices/$id', params: { id: invoice.lago_id } })}
          >
            <Trans>Open invoice</Trans>
          </ActionButton>
        </Group>
      )}
      <Refunds facts={facts} />
      {Object.keys(payment.next_action).length > 0 && (
        <section>
          <Title order={3} mb={4}>
            <Trans>What the customer still has to do</Trans>
          </Title>
          <JsonView value={payment.next_action} />
        </section>
      )}
      <ConfirmPanel
        opened={isRetrying}
        onClose={() => setRetrying(false)}
        title={t`Retry the payment of ${invoice.number}`}
        confirmLabel={t`Charge ${due}`}
        canConfirm
        onConfirm={() => send('POST', `/api/v1/invoices/${pathPart(invoice.lago_id)}/retry_payment`)}
      >
        <Text size="sm" component="div">
          <Trans>
            <b>{due}</b> is charged to the default payment method of <bdi>{customer.name}</bdi> at the payment provider.
          </Trans>
        </Text>
      </ConfirmPanel>
    </Stack>
  );
}

function FailureNote({ code }: { readonly code: string | null }): JSX.Element | null {
  const { t } = useLingui();
  const reasonOf = usePaymentReason();
  if (code === null) return null;
  return (
    <Alert color="red" variant="outline" title={t`Why it failed`} styles={{ title: { color: 'var(--ink-red)' } }}>
      <Text size="sm">{reasonOf(code)}</Text>
      <Text size="xs" c="dimmed" className="code">
        {code}
      </Text>
    </Alert>
  );
}

function Rows({ facts }: { readonly facts: PaymentFacts }): JSX.Element {
  const { t } = useLingui();
  const { payment, invoice, customer } = facts;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [
      t`Invoice`,
      <Anchor
        key="invoice"
        size="sm"
        className="code"
        renderRoot={(props) => <Link to="/invoices/$id" params={{ id: invoice.lago_id }} {...props} />}
      >
        {invoice.number}
      </Anchor>,
    ],
    [
      t`Customer`,
      <Anchor
        key="customer"
        size="sm"
        renderRoot={(props) => <Link to="/customers/$id/overview" params={{ id: customer.lago_id }} {...props} />}
      >
        <bdi>{customer.name}</bdi>
      </Anchor>,
    ],
    [
      t`How`,
      payment.type === 'manual' ? <Trans key="how">By hand</Trans> : <Trans key="how">Stripe ({payment.payment_provider_code})</Trans>,
    ],
    [
      t`Reference`,
      payment.reference === null || payment.reference === '' ? <Nothing key="reference" /> : <bdi key="reference">{payment.reference}</bdi>,
    ],
    [t`Made`, <Time key="made" at={payment.created_at} />],
    [t`Last change`, <Time key="changed" at={payment.updated_at} />],
    ...(payment.type === 'manual'
      ? []
      : ([
          [t`At the provider`, payment.status],
          [t`Tries`, String(payment.tries)],
          [t`Looked at again`, <Time key="next" at={payment.next_try_at} />],
          [t`Provider’s id`, <CopyId key="provider" value={payment.provider_payment_id} />],
        ] as const)),
    [t`Our id`, <CopyId key="id" value={payment.lago_id} />],
  ];
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 16px', margin: 0 }}>
      {rows.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" size="sm" m={0} ta="right">
            {value}
          </Text>
        </div>
      ))}
    </dl>
  );
}

function Refunds({ facts }: { readonly facts: PaymentFacts }): JSX.Element | null {
  const { t } = useLingui();
  if (facts.refunds.length === 0) return null;
  const words = { pending: t`On its way`, succeeded: t`Refunded`, failed: t`Refund failed` };
  const tones = { pending: 'amber', succeeded: 'green', failed: 'red' } as const;
  return (
    <section>
      <Title order={3} mb={4}>
        <Trans>Refunds</Trans>
      </Title>
      {facts.refunds.map((refund) => (
        <div key={refund.lago_id}>
          <Group justify="space-between">
            <Anchor
              size="sm"
              renderRoot={(props) => <Link to="/credit-notes/$id" params={{ id: refund.lago_credit_note_id }} {...props} />}
            >
              <Money cents={refund.amount_cents} currency={facts.payment.amount_currency} />
            </Anchor>
            <StatusBadge tone={tones[refund.status]} label={words[refund.status]} />
          </Group>
          <PaymentReason code={refund.error_code} />
        </div>
      ))}
    </section>
  );
}
