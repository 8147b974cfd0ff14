import { Trans, useLingui } from '@lingui/react/macro';
import { Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { JSX } from 'react';
import type { EffectsAnswer } from '../../../shared/internal/effects.ts';
import type { AddOnAnswer } from '../../../shared/wire/add-on.ts';
import type { CustomerAnswer } from '../../../shared/wire/customer.ts';
import { send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { amountTextOf, centsOfText } from '../../format/amount-text.ts';
import { currencySign, formatMoney } from '../../format/money.ts';
import { useAddOns, usePanelCustomer } from './catalog-queries.ts';
import { EffectPreview } from './effect-preview.tsx';
import { customerName } from '../customers/customer-name.ts';
import { useResetOnOpen } from './reset-on-open.ts';
import { shortName } from './short-name.ts';
import { effectErrors, useEffectPreview } from './use-effect-preview.ts';

interface ApplyAddOnPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Our id. */
  readonly customerId: string;
}

interface AddOnValues {
  readonly addOn: string | null;
  /** Empty: the add-on's own. */
  readonly amount: string;
}

const NEW: AddOnValues = { addOn: null, amount: '' };

/** Invoices an add-on at once, with an amount of its own if wished. Rule: invoicing.md § 5, ui.md § 4.5. */
export function ApplyAddOnPanel({ opened, onClose, customerId }: ApplyAddOnPanelProps): JSX.Element {
  const { t } = useLingui();
  const customer = usePanelCustomer(customerId, opened).data;
  const addOns = useAddOns(opened).data ?? [];
  const form = useForm<AddOnValues>({ mode: 'controlled', initialValues: NEW });
  useResetOnOpen(opened, () => form.setValues(NEW));
  const addOn = addOns.find(({ code }) => code === form.values.addOn) ?? null;
  const body = opened && customer !== undefined && addOn !== null ? bodyOf(customer, addOn, form.values) : null;
  const effect = useEffectPreview<EffectsAnswer>('add_on', body);
  const name = customer === undefined ? '' : shortName(customerName(customer));
  const currency = customer?.currency ?? null;
  const errors = effectErrors(effect);
  const isAmount = addOn === null || form.values.amount.trim() === '' || centsOfText(form.values.amount, addOn.amount_currency) !== null;
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={name === '' ? t`Apply an add-on` : t`Apply an add-on to ${name}`}
      confirmLabel={useConfirmLabel(addOn, effect.answer)}
      canConfirm={effect.isReady}
      onConfirm={() => send('POST', '/api/v1/applied_add_ons', body)}
      size={560}
    >
      <Stack gap="sm">
        <Select
          label={t`Add-on`}
          placeholder={t`Choose an add-on`}
          required
          searchable
          data-autofocus
          nothingFoundMessage={t`No add-on has this name`}
          data={addOns.map((one) => optionOf(one, currency))}
          value={form.values.addOn}
          onChange={(code) => form.setValues({ addOn: code, amount: '' })}
          error={errors['currency']}
        />
        {currency !== null && addOns.some((one) => one.amount_currency !== currency) && (
          <Text size="xs" c="dimmed">
            <Trans>Add-ons in other currencies are not offered: this customer is billed in {currency}.</Trans>
          </Text>
        )}
        {addOn !== null && (
          <TextInput
            label={t`Amount`}
            description={t`Left empty, the add-on’s own.`}
            inputMode="decimal"
            leftSection={<Text size="xs">{currencySign(addOn.amount_currency)}</Text>}
            placeholder={amountTextOf(addOn.amount_cents, addOn.amount_currency)}
            {...form.getInputProps('amount')}
            error={isAmount ? errors['amount_cents'] : t`This is not an amount.`}
          />
        )}
        <EffectPreview effect={effect} whenIdle={<Trans>Choose an add-on to see the invoice that is made at once.</Trans>} />
      </Stack>
    </ConfirmPanel>
  );
}

function optionOf(
  addOn: AddOnAnswer,
  currency: string | null,
): { readonly value: string; readonly label: string; readonly disabled: boolean } {
  const amount = formatMoney(addOn.amount_cents, addOn.amount_currency);
  return { value: addOn.code, label: `${addOn.name} · ${amount}`, disabled: currency !== null && addOn.amount_currency !== currency };
}

/** Body of `POST /applied_add_ons`; null while the amount is none. */
function bodyOf(customer: CustomerAnswer, addOn: AddOnAnswer, values: AddOnValues): object | null {
  const amount = values.amount.trim() === '' ? undefined : centsOfText(values.amount, addOn.amount_currency);
  if (amount === null) return null;
  const own = amount === undefined ? {} : { amount_cents: amount, amount_currency: addOn.amount_currency };
  return { applied_add_on: { external_customer_id: customer.external_id, add_on_code: addOn.code, ...own } };
}

function useConfirmLabel(addOn: AddOnAnswer | null, answer: EffectsAnswer | null): string {
  const { t } = useLingui();
  const invoice = answer?.invoices[0];
  if (addOn === null || invoice === undefined) return t`Apply the add-on`;
  const name = shortName(addOn.name);
  const total = formatMoney(invoice.total_amount_cents, invoice.currency);
  return t`Apply “${name}” and bill ${total}`;
}
