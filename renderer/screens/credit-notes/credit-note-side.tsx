import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { CreditNoteFacts } from '../../../shared/internal/credit-notes.ts';
import { pathPart, send } from '../../api-client.ts';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Money, Time } from '../../components/values.tsx';
import { PaymentReason } from '../payments/payment-words.tsx';

/** Where the money of a note went, and what is left. */
export function CreditNoteSide({ facts }: { readonly facts: CreditNoteFacts }): JSX.Element {
  const { credit_note: note } = facts;
  return (
    <Stack gap="lg" mt="lg">
      {note.credit_amount_cents !== 0 && <Credit facts={facts} />}
      {note.refund_amount_cents !== 0 && <Refund facts={facts} />}
    </Stack>
  );
}

function Credit({ facts }: { readonly facts: CreditNoteFacts }): JSX.Element {
  const { t } = useLingui();
  const { credit_note: note, uses } = facts;
  return (
    <section aria-label={t`Credit`}>
      <Divider mb="sm" />
      <Title order={2} fz="md" mb={6}>
        <Trans>Credit</Trans>
      </Title>
      <Text size="sm" component="div">
        <Trans>
          <Money cents={note.balance_amount_cents} currency={note.currency} /> of{' '}
          <Money cents={note.credit_amount_cents} currency={note.currency} /> left
        </Trans>
      </Text>
      <Stack gap={4} mt={6}>
        {uses.map((use) => (
          <Group key={`${use.lago_invoice_id} ${use.at}`} justify="space-between" gap="xs">
            <Anchor
              size="sm"
              className="code"
              renderRoot={(props) => <Link to="/invoices/$id" params={{ id: use.lago_invoice_id }} {...props} />}
            >
              {use.number}
            </Anchor>
            <Text size="sm" component="span">
              <Money cents={use.amount_cents} currency={note.currency} />
            </Text>
          </Group>
        ))}
        {uses.length === 0 && (
          <Text size="sm" c="dimmed">
            <Trans>No invoice has used it yet.</Trans>
          </Text>
        )}
      </Stack>
    </section>
  );
}

function Refund({ facts }: { readonly facts: CreditNoteFacts }): JSX.Element {
  const { t } = useLingui();
  const { credit_note: note, refunds } = facts;
  const path = `/api/v1/credit_notes/${pathPart(note.lago_id)}`;
  const settle = useMutation({ mutationFn: () => send('PUT', path, { credit_note: { refund_status: 'succeeded' } }) });
  const words = { pending: t`On its way`, succeeded: t`Refunded`, failed: t`Refund failed` };
  const tones = { pending: 'amber', succeeded: 'green', failed: 'red' } as const;
  return (
    <section aria-label={t`Refund`}>
      <Divider mb="sm" />
      <Title order={2} fz="md" mb={6}>
        <Trans>Refund</Trans>
      </Title>
      {refunds.map((refund) => (
        <div key={refund.lago_id}>
          <Group justify="space-between" gap="xs">
            <Anchor size="sm" renderRoot={(props) => <Link to="/payments" search={{ open: refund.lago_payment_id }} {...props} />}>
              <Money cents={refund.amount_cents} currency={note.currency} />
            </Anchor>
            <StatusBadge tone={tones[refund.status]} label={words[refund.status]} />
          </Group>
          <Text size="xs" c="dimmed" component="div">
            <Time at={refund.created_at} />
          </Text>
          <PaymentReason code={refund.error_code} />
        </div>
      ))}
      {refunds.length === 0 && (
        <>
          <Text size="sm" component="div">
            <Trans>
              Pay <Money cents={note.refund_amount_cents} currency={note.currency} /> back yourself: the invoice was not paid through
              Stripe.
            </Trans>
          </Text>
          {note.refund_status === 'pending' && (
            <Button variant="default" mt="xs" loading={settle.isPending} onClick={() => settle.mutate()}>
              <Trans>Mark as refunded</Trans>
            </Button>
          )}
        </>
      )}
      {settle.error !== null && <RefusedNote error={settle.error} />}
    </section>
  );
}
