import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Divider, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JSX, ReactNode } from 'react';
import type { InvoiceFacts, InvoiceMoment, ObjectDelivery } from '../../../shared/internal/invoices.ts';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { Money, Time } from '../../components/values.tsx';
import { PaymentReason, PaymentStatusBadge } from '../payments/payment-words.tsx';
import { MOMENT_WORDS } from './invoice-words.ts';

/** What happened and will happen, payments, and messages about the invoice. */
export function InvoiceSide({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  return (
    <Stack gap="lg" mt="lg">
      <TimeLine facts={facts} />
      <Payments facts={facts} />
      <CreditNotes facts={facts} />
      <Deliveries deliveries={facts.webhook_deliveries} invoiceId={facts.invoice.lago_id} />
    </Stack>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section aria-label={title}>
      <Divider mb="sm" />
      <Title order={2} fz="md" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function TimeLine({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  const { t } = useLingui();
  const happened = facts.time_line.filter(({ is_upcoming }) => !is_upcoming);
  return (
    <Part title={t`What happened`}>
      <Timeline active={happened.length - 1} bulletSize={14} lineWidth={2}>
        {facts.time_line.map((moment, index) => (
          <Timeline.Item
            key={`${moment.kind} ${moment.at} ${String(index)}`}
            lineVariant={moment.is_upcoming ? 'dashed' : 'solid'}
            title={<MomentTitle moment={moment} facts={facts} />}
          >
            <Text size="xs" c="dimmed" component="div">
              <Time at={moment.at} timeZone={facts.timezone} />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Part>
  );
}

function MomentTitle({ moment, facts }: { readonly moment: InvoiceMoment; readonly facts: InvoiceFacts }): JSX.Element {
  const { _ } = useI18n();
  const words = _(MOMENT_WORDS[moment.kind]);
  return (
    <Text span size="sm" fw={moment.is_upcoming ? 400 : 500}>
      {moment.kind === 'credit_note' && moment.lago_id !== null ? (
        <Anchor size="sm" renderRoot={(props) => <Link to="/credit-notes/$id" params={{ id: moment.lago_id ?? '' }} {...props} />}>
          {words} {moment.code}
        </Anchor>
      ) : (
        words
      )}
      {moment.amount_cents !== null && (
        <>
          {' · '}
          <Money cents={moment.amount_cents} currency={facts.invoice.currency} />
        </>
      )}
    </Text>
  );
}

function Payments({ facts }: { readonly facts: InvoiceFacts }): JSX.Element {
  const { t } = useLingui();
  return (
    <Part title={t`Payments`}>
      {facts.payments.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>Nobody has paid or tried to.</Trans>
        </Text>
      ) : (
        <Stack gap="xs">
          {facts.payments.map((payment) => (
            <div key={payment.lago_id}>
              <Group justify="space-between" gap="xs">
                <Anchor size="sm" renderRoot={(props) => <Link to="/payments" search={{ open: payment.lago_id }} {...props} />}>
                  <Money cents={payment.amount_cents} currency={payment.amount_currency} />
                </Anchor>
                <PaymentStatusBadge status={payment.payment_status} />
              </Group>
              <Group gap={6} fz="xs" c="dimmed">
                <Time at={payment.created_at} />
                <span>
                  {payment.type === 'manual' ? <Trans>recorded by hand</Trans> : <Trans>Stripe</Trans>}
                  {payment.reference !== null && payment.reference !== '' && <bdi> · {payment.reference}</bdi>}
                </span>
              </Group>
              <PaymentReason code={payment.error_code} />
            </div>
          ))}
        </Stack>
      )}
    </Part>
  );
}

function CreditNotes({ facts }: { readonly facts: InvoiceFacts }): JSX.Element | null {
  const { t } = useLingui();
  if (facts.credit_notes.length === 0) return null;
  return (
    <Part title={t`Credit notes`}>
      <Stack gap={4}>
        {facts.credit_notes.map((note) => (
          <Group key={note.lago_id} justify="space-between" gap="xs">
            <Anchor
              size="sm"
              className="code"
              renderRoot={(props) => <Link to="/credit-notes/$id" params={{ id: note.lago_id }} {...props} />}
            >
              {note.number}
            </Anchor>
            <Text size="sm" component="span">
              <Money cents={note.total_amount_cents} currency={facts.invoice.currency} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Part>
  );
}

const DELIVERY_TONES: Readonly<Record<ObjectDelivery['status'], Tone>> = {
  pending: 'amber',
  retrying: 'amber',
  succeeded: 'green',
  failed: 'red',
};

interface DeliveriesProps {
  readonly deliveries: readonly ObjectDelivery[];
  readonly invoiceId: string;
}

function Deliveries({ deliveries, invoiceId }: DeliveriesProps): JSX.Element {
  const { t } = useLingui();
  const words: Readonly<Record<ObjectDelivery['status'], string>> = {
    pending: t`Waiting`,
    retrying: t`Trying again`,
    succeeded: t`Delivered`,
    failed: t`Failed`,
  };
  return (
    <Part title={t`Webhooks`}>
      {deliveries.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>No endpoint was told about it.</Trans>
        </Text>
      ) : (
        <Stack gap="xs">
          {deliveries.map((delivery) => (
            <div key={delivery.lago_id}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="xs" className="code" style={{ overflowWrap: 'anywhere' }}>
                  {delivery.webhook_type}
                </Text>
                <StatusBadge tone={DELIVERY_TONES[delivery.status]} label={words[delivery.status]} />
              </Group>
              <Text size="xs" c="dimmed" component="div">
                <Time at={delivery.last_tried_at ?? delivery.created_at} />
                {delivery.http_status !== null && ` · ${String(delivery.http_status)}`}
              </Text>
            </div>
          ))}
          <Anchor size="sm" renderRoot={(props) => <Link to="/developers/webhooks" search={{ object: invoiceId }} {...props} />}>
            <Trans>Contents and resending</Trans>
          </Anchor>
        </Stack>
      )}
    </Part>
  );
}
