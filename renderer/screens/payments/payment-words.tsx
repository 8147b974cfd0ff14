import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui as useI18n } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JSX } from 'react';
import type { PaymentRow } from '../../../shared/internal/payments.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { spelledOut } from '../../format/error-texts.ts';

/** Why a payment failed: the provider's codes and ours. */
const REASONS: Readonly<Record<string, MessageDescriptor>> = {
  card_declined: msg`The card was declined. The customer’s bank knows why.`,
  insufficient_funds: msg`There is not enough money on the card.`,
  expired_card: msg`The card has expired.`,
  incorrect_cvc: msg`The card’s security code is wrong.`,
  incorrect_number: msg`The card’s number is wrong.`,
  processing_error: msg`The provider could not work on the card. Try again later.`,
  authentication_required: msg`The bank wants the customer to confirm. Send a payment link.`,
  payment_intent_authentication_failure: msg`The customer did not confirm the payment.`,
  amount_too_small: msg`The amount is below what the provider takes.`,
  amount_not_supported: msg`The provider cannot take this amount in this currency.`,
  provider_unreachable: msg`The provider did not answer. It is asked again before anything is charged.`,
  customer_deleted: msg`The customer was deleted at the provider.`,
  payment_method_missing: msg`The customer has no payment method at the provider.`,
  resource_missing: msg`The provider does not know the payment method any more.`,
};

/** The reason of a failure in a sentence. */
export function usePaymentReason(): (code: string) => string {
  const { _ } = useI18n();
  return (code) => {
    const known = REASONS[code];
    return known === undefined ? spelledOut(code) : _(known);
  };
}

export function PaymentReason({ code }: { readonly code: string | null }): JSX.Element | null {
  const reasonOf = usePaymentReason();
  if (code === null) return null;
  return (
    <Text size="xs" c="var(--ink-red)">
      {reasonOf(code)}
    </Text>
  );
}

export function PaymentStatusBadge({ status }: { readonly status: PaymentRow['payment_status'] }): JSX.Element {
  const words = usePaymentStatusWords();
  const tones = { pending: 'amber', processing: 'amber', succeeded: 'green', failed: 'red' } as const;
  return <StatusBadge tone={tones[status]} label={words[status]} />;
}

export function usePaymentStatusWords(): Readonly<Record<PaymentRow['payment_status'], string>> {
  const { t } = useLingui();
  return { pending: t`Pending`, processing: t`Under way`, succeeded: t`Succeeded`, failed: t`Failed` };
}
