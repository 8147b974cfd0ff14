import { Trans, useLingui } from '@lingui/react/macro';
import { List, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { VoidPreviewAnswer } from '../../../shared/internal/effects.ts';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { pathPart, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { Money } from '../../components/values.tsx';
import { EffectPreview } from '../effects/effect-preview.tsx';
import { useEffectPreview } from '../effects/use-effect-preview.ts';

interface VoidPanelProps {
  readonly facts: InvoiceFacts;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Cancels an unpaid invoice for good; first says what that gives back. */
export function VoidPanel({ facts, opened, onClose }: VoidPanelProps): JSX.Element {
  const { t } = useLingui();
  const { invoice } = facts;
  const effect = useEffectPreview<VoidPreviewAnswer>('void', opened ? { invoice_id: invoice.lago_id } : null);
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Void ${invoice.number}`}
      confirmLabel={t`Void ${invoice.number}`}
      isDestructive
      canConfirm={effect.isReady}
      onConfirm={() => send('POST', `/api/v1/invoices/${pathPart(invoice.lago_id)}/void`)}
    >
      <Text size="sm">
        <Trans>The invoice keeps its number and its amounts, and owes nothing any more. This cannot be taken back.</Trans>
      </Text>
      <EffectPreview effect={effect} whenIdle="">
        {(answer) => <Effects answer={answer} facts={facts} />}
      </EffectPreview>
    </ConfirmPanel>
  );
}

function Effects({ answer, facts }: { readonly answer: VoidPreviewAnswer; readonly facts: InvoiceFacts }): JSX.Element {
  const { gives_back: back } = answer;
  const { invoice } = facts;
  const notes = invoice.credits.filter(({ item }) => item.type === 'credit_note');
  const isUnderWay = facts.payments.some(({ payment_status }) => payment_status === 'processing' || payment_status === 'pending');
  const money = (cents: number): JSX.Element => <Money cents={cents} currency={invoice.currency} />;
  return (
    <List size="sm" spacing={4} data-effects>
      <List.Item>
        <Trans>
          <b>{money(answer.total_due_amount_cents)}</b> is no longer owed
        </Trans>
      </List.Item>
      {back.coupons.map((coupon) => (
        <List.Item key={coupon.name}>
          <Trans>
            coupon <bdi>{coupon.name}</bdi> can be used again: {money(coupon.amount_cents)}
          </Trans>
        </List.Item>
      ))}
      {back.prepaid_credit_amount_cents !== 0 && (
        <List.Item>
          <Trans>{money(back.prepaid_credit_amount_cents)} goes back to the wallet</Trans>
        </List.Item>
      )}
      {notes.map((credit) => (
        <List.Item key={credit.lago_id}>
          <Trans>
            {money(credit.amount_cents)} of credit note {credit.item.code} is not given back
          </Trans>
        </List.Item>
      ))}
      {isUnderWay && (
        <List.Item>
          <Trans>the payment that is under way is cancelled</Trans>
        </List.Item>
      )}
    </List>
  );
}
