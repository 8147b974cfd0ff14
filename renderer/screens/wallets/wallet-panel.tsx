import { Trans, useLingui } from '@lingui/react/macro';
import { Fieldset, MultiSelect, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, type JSX } from 'react';
import type { CustomerAnswer } from '../../../shared/wire/customer.ts';
import { WALLET_FEE_TYPES, type WalletAnswer } from '../../../shared/wire/wallet.ts';
import { read, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { formErrorsOf } from '../../components/form-errors.ts';
import { currencyChoices } from '../customers/places.ts';
import { creditFieldsOf } from './credit-errors.ts';
import { RuleFields } from './rule-fields.tsx';
import { changeBody, creationBody, newWallet, valuesOfWallet, type WalletValues } from './wallet-values.ts';

interface WalletPanelProps {
  readonly customer: CustomerAnswer;
  /** Null opens a new one. */
  readonly wallet: WalletAnswer | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Where the wire's fields stand in the form. */
const PATHS: Readonly<Record<string, string>> = {
  paid_top_up_min_amount_cents: 'paid_top_up_min',
  paid_top_up_max_amount_cents: 'paid_top_up_max',
  applies_to: 'fee_types',
  recurring_transaction_rules: 'rule.trigger',
};

/** Opens a wallet, or changes what may change of one. Render it with a key, so that it begins afresh for another wallet. */
export function WalletPanel({ customer, wallet, opened, onClose }: WalletPanelProps): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const timeZone = customer.applicable_timezone;
  const form = useForm<WalletValues>({
    initialValues: wallet === null ? newWallet(customer.currency ?? 'USD') : valuesOfWallet(wallet, timeZone),
  });
  const save = async (): Promise<void> => {
    form.clearErrors();
    try {
      if (wallet === null) {
        const owner = { externalCustomerId: customer.external_id, timeZone };
        await send('POST', '/api/v1/wallets', { wallet: creationBody(form.values, owner) });
      } else {
        await send('PUT', `/api/v1/wallets/${wallet.lago_id}`, { wallet: changeBody(form.values, timeZone) });
      }
    } catch (error) {
      form.setErrors(formErrorsOf(creditFieldsOf(error), (path) => PATHS[path] ?? path));
      throw error;
    }
    await queries.invalidateQueries({ queryKey: ['wallet'] });
  };
  const name = wallet?.name ?? wallet?.code ?? '';
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={wallet === null ? t`New wallet` : t`Edit the wallet “${name}”`}
      confirmLabel={wallet === null ? t`Open wallet` : t`Save wallet`}
      canConfirm
      onConfirm={save}
    >
      <WalletFields form={form} isNew={wallet === null} />
      <LimitFields form={form} />
      <RuleFields form={form} />
    </ConfirmPanel>
  );
}

interface FieldsProps {
  readonly form: UseFormReturnType<WalletValues>;
}

function WalletFields({ form, isNew }: FieldsProps & { readonly isNew: boolean }): JSX.Element {
  const { t } = useLingui();
  const currencies = useMemo(currencyChoices, []);
  const { currency, rate_amount: rate, paid_credits: paid } = form.values;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput label={t`Name`} {...form.getInputProps('name')} />
        <TextInput label={t`Priority`} description={t`1 is used first, 50 last.`} inputMode="numeric" {...form.getInputProps('priority')} />
        <Select
          label={t`Currency`}
          description={isNew ? t`It pays invoices in this currency only.` : t`Fixed since it was opened.`}
          data={currencies}
          searchable
          allowDeselect={false}
          readOnly={!isNew}
          variant={isNew ? 'default' : 'filled'}
          {...form.getInputProps('currency')}
        />
        <TextInput
          label={t`Worth of one credit`}
          description={isNew ? t`In ${currency}. It never changes.` : t`Fixed since it was opened.`}
          inputMode="decimal"
          readOnly={!isNew}
          variant={isNew ? 'default' : 'filled'}
          {...form.getInputProps('rate_amount')}
        />
        {isNew && (
          <>
            <TextInput
              label={t`Paid credits`}
              description={t`An invoice is made for them; they come when it is paid.`}
              inputMode="decimal"
              {...form.getInputProps('paid_credits')}
            />
            <TextInput
              label={t`Granted credits`}
              description={t`Come at once, for free.`}
              inputMode="decimal"
              {...form.getInputProps('granted_credits')}
            />
          </>
        )}
        <DateInput
          label={t`Ends on`}
          description={t`What is left then pays nothing any more. Empty: never.`}
          size="xs"
          valueFormat="YYYY-MM-DD"
          clearable
          value={form.values.expiration_at === '' ? null : form.values.expiration_at}
          error={form.errors['expiration_at']}
          onChange={(day) => form.setFieldValue('expiration_at', day ?? '')}
        />
      </SimpleGrid>
      {isNew && paid.trim() !== '' && (
        <Text size="sm">
          <Trans>
            An invoice for {paid} credits at {rate} {currency} each is made now.
          </Trans>
        </Text>
      )}
    </>
  );
}

function LimitFields({ form }: FieldsProps): JSX.Element {
  const { t } = useLingui();
  const metrics = useQuery({
    queryKey: ['billable_metric', 'choices'],
    queryFn: ({ signal }) =>
      read<{ readonly billable_metrics: readonly { readonly code: string; readonly name: string }[] }>(
        '/api/v1/billable_metrics?per_page=1000',
        { signal },
      ),
  });
  const feeTypes = { charge: t`Usage`, subscription: t`Base fees`, commitment: t`Minimum commitments`, fixed_charge: t`Fixed charges` };
  const { currency } = form.values;
  return (
    <Fieldset legend={t`Limits`} variant="default">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <MultiSelect
          label={t`Pays only`}
          description={t`Empty: every kind of fee.`}
          size="xs"
          data={WALLET_FEE_TYPES.map((type) => ({ value: type, label: feeTypes[type] }))}
          {...form.getInputProps('fee_types')}
        />
        <MultiSelect
          label={t`Only usage of`}
          description={t`Empty: every metric.`}
          size="xs"
          searchable
          data={(metrics.data?.billable_metrics ?? []).map((metric) => ({ value: metric.code, label: metric.name }))}
          {...form.getInputProps('billable_metric_codes')}
        />
        <TextInput
          label={t`Least purchase`}
          description={t`In ${currency}`}
          inputMode="decimal"
          {...form.getInputProps('paid_top_up_min')}
        />
        <TextInput
          label={t`Largest purchase`}
          description={t`In ${currency}`}
          inputMode="decimal"
          {...form.getInputProps('paid_top_up_max')}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
