import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Text, TextInput, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { JSX } from 'react';
import type { CreditableInvoice } from '../../../shared/internal/credit-notes.ts';
import { formErrorsOf } from '../../components/form-errors.ts';
import { centsOfAmount } from '../../format/amount-text.ts';
import { currencySign, formatMoney } from '../../format/money.ts';
import type { NoteValues } from './credit-note-editor.tsx';

interface CreditNotePartsProps {
  readonly form: UseFormReturnType<NoteValues>;
  readonly creditable: CreditableInvoice;
  /** What the engine has against the parts. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
}

/** How the total is given: refund, off the invoice, and the rest as credit. */
export function CreditNoteParts({ form, creditable, errors }: CreditNotePartsProps): JSX.Element {
  const { t } = useLingui();
  const { currency } = creditable;
  const refused = formErrorsOf(errors);
  const refundable = formatMoney(creditable.max_refundable_amount_cents, currency);
  const due = formatMoney(creditable.max_offsettable_amount_cents, currency);
  const field = (name: 'refund_amount_cents' | 'offset_amount_cents') => {
    const text = form.values[name];
    const isWrong = text.trim() !== '' && centsOfAmount(text, currency) === null;
    return {
      inputMode: 'decimal' as const,
      leftSection: <Text size="xs">{currencySign(currency)}</Text>,
      leftSectionWidth: 44,
      ...form.getInputProps(name),
      error: isWrong ? t`No amount in ${currency}` : (form.errors[name] ?? refused[name] ?? null),
    };
  };
  return (
    <section aria-label={t`How it is given back`}>
      <Title order={2} fz="md" mb="xs">
        <Trans>How it is given back</Trans>
      </Title>
      <Group grow align="flex-start">
        <TextInput label={t`Refund`} description={t`Up to ${refundable} was paid.`} {...field('refund_amount_cents')} />
        <TextInput label={t`Off this invoice`} description={t`Up to ${due} is due.`} {...field('offset_amount_cents')} />
      </Group>
      {refused['base'] !== undefined && (
        <Text size="sm" c="var(--ink-red)" mt={6} role="alert">
          {refused['base']}
        </Text>
      )}
      <Text size="sm" c="dimmed" mt={6}>
        {creditable.is_refunded_only ? (
          <Trans>Wallet credits that were bought can only be refunded.</Trans>
        ) : (
          <Trans>The rest becomes credit: later invoices of this customer use it.</Trans>
        )}
      </Text>
    </section>
  );
}
