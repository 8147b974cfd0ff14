import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { FinalizePreviewAnswer } from '../../../shared/internal/effects.ts';
import type { InvoiceFacts } from '../../../shared/internal/invoices.ts';
import { pathPart, send } from '../../api-client.ts';
import { wouldDisappear } from './draft-note.tsx';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { Day, Money } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { EffectPreview } from '../effects/effect-preview.tsx';
import { PreviewedInvoiceView } from '../effects/previewed-invoice-view.tsx';
import { useEffectPreview } from '../effects/use-effect-preview.ts';
import type { OpenPanel } from './invoice-actions.tsx';
import { RecordPaymentPanel } from '../payments/record-payment-panel.tsx';
import { VoidPanel } from './void-panel.tsx';

interface InvoicePanelsProps {
  readonly facts: InvoiceFacts;
  readonly panel: OpenPanel | null;
  readonly onClose: () => void;
}

/** What is confirmed before it happens. */
export function InvoicePanels({ facts, panel, onClose }: InvoicePanelsProps): JSX.Element {
  const { invoice } = facts;
  const of = { facts, onClose };
  return (
    <>
      <FinalizePanel {...of} opened={panel === 'finalize'} />
      <VoidPanel {...of} opened={panel === 'void'} />
      <RetryPaymentPanel {...of} opened={panel === 'retry_payment'} />
      <DisputePanel {...of} opened={panel === 'lose_dispute'} />
      <DeleteDraftPanel {...of} opened={panel === 'delete'} />
      <RecordPaymentPanel
        opened={panel === 'record_payment'}
        onClose={onClose}
        invoice={{
          lago_id: invoice.lago_id,
          number: invoice.number,
          currency: invoice.currency,
          total_due_amount_cents: invoice.total_due_amount_cents,
        }}
      />
    </>
  );
}

interface PanelProps {
  readonly facts: InvoiceFacts;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function FinalizePanel({ facts, opened, onClose }: PanelProps): JSX.Element {
  const { t } = useLingui();
  const id = facts.invoice.lago_id;
  const effect = useEffectPreview<FinalizePreviewAnswer>('finalize', opened ? { invoice_id: id } : null);
  const total = effect.answer === null ? null : formatMoney(effect.answer.invoice.total_amount_cents, effect.answer.invoice.currency);
  const isClosing = wouldDisappear(effect.error);
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Finalize ${facts.invoice.number}`}
      confirmLabel={total === null ? t`Finalize` : t`Finalize at ${total}`}
      canConfirm={effect.isReady || isClosing}
      onConfirm={() => send('PUT', `/api/v1/invoices/${pathPart(id)}/finalize`)}
    >
      <Text size="sm">
        <Trans>It is computed once more, dated today and gets its number. Nothing on it can be changed afterwards.</Trans>
      </Text>
      {isClosing ? (
        <Text size="sm">
          <Trans>It has no amount, and its customer wants no such invoices: the draft disappears.</Trans>
        </Text>
      ) : (
        <EffectPreview effect={effect} whenIdle="">
          {(answer) => (
            <>
              <Text size="sm" component="div">
                <Trans>
                  1 invoice of{' '}
                  <b>
                    <Money cents={answer.invoice.total_amount_cents} currency={answer.invoice.currency} />
                  </b>
                  , due <Day on={answer.invoice.payment_due_date} />
                </Trans>
              </Text>
              <PreviewedInvoiceView invoice={answer.invoice} />
            </>
          )}
        </EffectPreview>
      )}
    </ConfirmPanel>
  );
}

function RetryPaymentPanel({ facts, opened, onClose }: PanelProps): JSX.Element {
  const { t } = useLingui();
  const { invoice, customer } = facts;
  const due = formatMoney(invoice.total_due_amount_cents, invoice.currency);
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Retry the payment of ${invoice.number}`}
      confirmLabel={t`Charge ${due}`}
      canConfirm
      onConfirm={() => send('POST', `/api/v1/invoices/${pathPart(invoice.lago_id)}/retry_payment`)}
    >
      <Text size="sm" component="div">
        <Trans>
          <b>{due}</b> is charged to the default payment method of <bdi>{customer.name}</bdi> at the payment provider. The answer appears
          here by itself.
        </Trans>
      </Text>
    </ConfirmPanel>
  );
}

function DisputePanel({ facts, opened, onClose }: PanelProps): JSX.Element {
  const { t } = useLingui();
  const { invoice } = facts;
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Dispute about ${invoice.number}`}
      confirmLabel={t`Mark as lost`}
      isDestructive
      canConfirm
      onConfirm={() => send('POST', `/api/v1/invoices/${pathPart(invoice.lago_id)}/lose_dispute`)}
    >
      <Text size="sm">
        <Trans>The invoice no longer counts as overdue, and can neither be voided nor refunded. This cannot be taken back.</Trans>
      </Text>
    </ConfirmPanel>
  );
}

function DeleteDraftPanel({ facts, opened, onClose }: PanelProps): JSX.Element {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { invoice } = facts;
  const total = formatMoney(invoice.total_amount_cents, invoice.currency);
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Delete the draft ${invoice.number}`}
      confirmLabel={t`Delete draft of ${total}`}
      isDestructive
      canConfirm
      onConfirm={async () => {
        await send('DELETE', `/api/v1/invoices/${pathPart(invoice.lago_id)}`);
        await navigate({ to: '/invoices' });
      }}
    >
      <Text size="sm" component="div">
        <Trans>
          What this draft bills, <b>{total}</b>, is not billed again by itself. No coupon, credit note or wallet has been used for it.
        </Trans>
      </Text>
    </ConfirmPanel>
  );
}
