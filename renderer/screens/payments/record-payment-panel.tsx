import { Trans, useLingui } from '@lingui/react/macro';
import { Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, type JSX } from 'react';
import { send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../components/form-errors.ts';
import { amountTextOf, centsOfAmount } from '../../format/amount-text.ts';
import { currencySign, formatMoney } from '../../format/money.ts';

interface RecordPaymentPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly invoice: {
    readonly lago_id: string;
    readonly number: string;
    readonly currency: string;
    readonly total_due_amount_cents: number;
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Records money that came in without a provider. */
export function RecordPaymentPanel({ opened, onClose, invoice }: RecordPaymentPanelProps): JSX.Element {
  const { t } = useLingui();
  const { currency } = invoice;
  const due = amountTextOf(invoice.total_due_amount_cents, currency);
  const form = useForm({ mode: 'controlled', initialValues: { amount_cents: due, reference: '', paid_at: '' } });
  useEffect(() => {
    if (!opened) return;
    form.setInitialValues({ amount_cents: due, reference: '', paid_at: '' });
    form.reset();
  }, [opened, due]);
  const { amount_cents: amount, reference, paid_at: paidAt } = form.values;
  const cents = centsOfAmount(amount, currency);
  const save = async (): Promise<unknown> => {
    try {
      const paid = DAY.test(paidAt) ? { paid_at: `${paidAt}T00:00:00Z` } : {};
      return await send('POST', '/api/v1/payments', {
        payment: { invoice_id: invoice.lago_id, amount_cents: cents, reference, ...paid },
      });
    } catch (error) {
      form.setErrors(formErrorsOf(fieldsOf(error)));
      throw error;
    }
  };
  const amountText = cents === null ? '' : formatMoney(cents, currency);
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={t`Record a payment of ${invoice.number}`}
      confirmLabel={cents === null ? t`Record payment` : t`Record ${amountText}`}
      canConfirm={cents !== null && reference.trim() !== ''}
      onConfirm={save}
    >
      <Stack gap="sm">
        <Text size="sm" component="div">
          <Trans>
            <b>{formatMoney(invoice.total_due_amount_cents, currency)}</b> is due. A part of it can be recorded, too: the rest stays due.
          </Trans>
        </Text>
        <TextInput
          label={t`Amount`}
          required
          inputMode="decimal"
          leftSection={<Text size="xs">{currencySign(currency)}</Text>}
          leftSectionWidth={44}
          {...form.getInputProps('amount_cents')}
          error={form.errors['amount_cents'] ?? (amount !== '' && cents === null ? t`This is not an amount in ${currency}.` : null)}
        />
        <TextInput
          label={t`Reference`}
          description={t`What the bank statement or receipt says, up to 40 letters.`}
          required
          maxLength={40}
          {...form.getInputProps('reference')}
        />
        <TextInput label={t`Received on`} description={t`Today when left empty.`} type="date" {...form.getInputProps('paid_at')} />
      </Stack>
    </ConfirmPanel>
  );
}
