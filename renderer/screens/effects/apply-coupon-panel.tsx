import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import type { JSX } from 'react';
import type { CouponPreviewAnswer } from '../../../shared/internal/effects.ts';
import type { AppliedCouponAnswer, CouponAnswer } from '../../../shared/wire/coupon.ts';
import type { CustomerAnswer } from '../../../shared/wire/customer.ts';
import { send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { Day, Money } from '../../components/values.tsx';
import { amountTextOf, centsOfText, decimalTextOf } from '../../format/amount-text.ts';
import { currencySign, formatMoney, formatRate } from '../../format/money.ts';
import { useCoupons, usePanelCustomer } from './catalog-queries.ts';
import { EffectPreview } from './effect-preview.tsx';
import { customerName } from '../customers/customer-name.ts';
import { useResetOnOpen } from './reset-on-open.ts';
import { shortName } from './short-name.ts';
import { effectErrors, useEffectPreview } from './use-effect-preview.ts';

interface ApplyCouponPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Our id. */
  readonly customerId: string;
}

interface CouponValues {
  readonly coupon: string | null;
  /** Amount or rate; empty: the coupon's own. */
  readonly value: string;
  readonly frequency: CouponAnswer['frequency'] | null;
  readonly duration: string;
}

const NEW: CouponValues = { coupon: null, value: '', frequency: null, duration: '' };

/** Gives a coupon to a customer and shows what it takes off the next invoices. Rule: invoicing.md § 4. */
export function ApplyCouponPanel({ opened, onClose, customerId }: ApplyCouponPanelProps): JSX.Element {
  const { t } = useLingui();
  const customer = usePanelCustomer(customerId, opened).data;
  const coupons = (useCoupons(opened).data ?? []).filter((coupon) => coupon.terminated_at === null);
  const form = useForm<CouponValues>({ mode: 'controlled', initialValues: NEW });
  useResetOnOpen(opened, () => form.setValues(NEW));
  const coupon = coupons.find(({ code }) => code === form.values.coupon) ?? null;
  const body = opened && customer !== undefined && coupon !== null ? bodyOf(customer, coupon, form.values) : null;
  const effect = useEffectPreview<CouponPreviewAnswer>('coupon', body);
  const name = customer === undefined ? '' : shortName(customerName(customer));
  const couponName = shortName(coupon?.name ?? '');
  return (
    <ConfirmPanel
      opened={opened}
      onClose={onClose}
      title={name === '' ? t`Apply a coupon` : t`Apply a coupon to ${name}`}
      confirmLabel={coupon === null ? t`Apply the coupon` : t`Apply “${couponName}”`}
      canConfirm={effect.isReady}
      onConfirm={() => send('POST', '/api/v1/applied_coupons', body)}
      size={620}
    >
      <Stack gap="sm">
        <Select
          label={t`Coupon`}
          placeholder={t`Choose a coupon`}
          required
          searchable
          data-autofocus
          nothingFoundMessage={t`No coupon has this name`}
          data={coupons.map(({ code, name: label }) => ({ value: code, label: label === code ? label : `${label} (${code})` }))}
          value={form.values.coupon}
          onChange={(code) => form.setValues({ ...NEW, coupon: code })}
          error={effectErrors(effect)['coupon']}
        />
        {coupon !== null && <TermFields coupon={coupon} form={form} errors={effectErrors(effect)} />}
        <EffectPreview effect={effect} whenIdle={<Trans>Choose a coupon to see what it takes off the next invoices.</Trans>}>
          {(answer) => <CouponEffect answer={answer} />}
        </EffectPreview>
      </Stack>
    </ConfirmPanel>
  );
}

interface TermFieldsProps {
  readonly coupon: CouponAnswer;
  readonly form: UseFormReturnType<CouponValues>;
  readonly errors: Readonly<Record<string, string>>;
}

/** Terms of this customer alone; left as they are, the coupon's. */
function TermFields({ coupon, form, errors }: TermFieldsProps): JSX.Element {
  const { t } = useLingui();
  const isFixed = coupon.coupon_type === 'fixed_amount';
  const currency = coupon.amount_currency ?? '';
  const own = isFixed ? amountTextOf(coupon.amount_cents ?? 0, currency) : (coupon.percentage_rate ?? '');
  const isAmount = !isFixed || form.values.value.trim() === '' || centsOfText(form.values.value, currency) !== null;
  const frequency = form.values.frequency ?? coupon.frequency;
  return (
    <Group align="flex-start" grow>
      <TextInput
        label={isFixed ? t`Amount` : t`Rate`}
        inputMode="decimal"
        placeholder={own}
        leftSection={isFixed ? <Text size="xs">{currencySign(currency)}</Text> : undefined}
        rightSection={isFixed ? undefined : <Text size="xs">%</Text>}
        {...form.getInputProps('value')}
        error={isAmount ? (errors['amount_cents'] ?? errors['percentage_rate']) : t`This is not an amount.`}
      />
      <Select
        label={t`How often`}
        allowDeselect={false}
        data={[
          { value: 'once', label: t`Once` },
          { value: 'recurring', label: t`On several invoices` },
          { value: 'forever', label: t`On every invoice` },
        ]}
        value={frequency}
        onChange={(value) => form.setFieldValue('frequency', value)}
        error={errors['frequency']}
      />
      {frequency === 'recurring' && (
        <TextInput
          label={t`Invoices`}
          inputMode="numeric"
          placeholder={coupon.frequency_duration === null ? '' : String(coupon.frequency_duration)}
          {...form.getInputProps('duration')}
          error={errors['frequency_duration']}
        />
      )}
    </Group>
  );
}

/** Body of `POST /applied_coupons`; null while the amount is none. */
function bodyOf(customer: CustomerAnswer, coupon: CouponAnswer, values: CouponValues): object | null {
  const isFixed = coupon.coupon_type === 'fixed_amount';
  const text = values.value.trim();
  const amount = isFixed && text !== '' ? centsOfText(text, coupon.amount_currency ?? '') : undefined;
  if (amount === null) return null;
  return {
    applied_coupon: {
      external_customer_id: customer.external_id,
      coupon_code: coupon.code,
      ...(amount === undefined ? {} : { amount_cents: amount, amount_currency: coupon.amount_currency }),
      ...(isFixed || text === '' ? {} : { percentage_rate: decimalTextOf(text) }),
      ...(values.frequency === null ? {} : { frequency: values.frequency }),
      ...(values.duration.trim() === '' ? {} : { frequency_duration: values.duration.trim() }),
    },
  };
}

function CouponEffect({ answer }: { readonly answer: CouponPreviewAnswer }): JSX.Element {
  const { t } = useLingui();
  return (
    <>
      <Text size="sm">
        <CouponSentence applied={answer.applied_coupon} />
      </Text>
      {answer.upcoming.length === 0 ? (
        <Text size="sm" c="dimmed">
          <Trans>Nothing will be billed by itself as things are: the coupon waits for an invoice of a subscription.</Trans>
        </Text>
      ) : (
        <Table aria-label={t`The next invoices`} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Invoice of`}</Table.Th>
              <Table.Th ta="right">{t`Without`}</Table.Th>
              <Table.Th ta="right">{t`With the coupon`}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {answer.upcoming.map(({ before, after }) => (
              <Table.Tr key={after.key}>
                <Table.Td>
                  <Day on={after.issuing_date} />
                </Table.Td>
                <Table.Td ta="right">
                  <Money cents={before.total_amount_cents} currency={before.currency} />
                </Table.Td>
                <Table.Td ta="right" fw={600}>
                  <Money cents={after.total_amount_cents} currency={after.currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {answer.upcoming.length > 0 && (
        <Text size="xs" c="dimmed">
          <Trans>With the usage known now; taxes included. No invoice is made now.</Trans>
        </Text>
      )}
    </>
  );
}

/** What the customer gets, in words. */
function CouponSentence({ applied }: { readonly applied: AppliedCouponAnswer }): JSX.Element {
  const value =
    applied.amount_cents === null
      ? formatRate(applied.percentage_rate ?? '0')
      : formatMoney(applied.amount_cents, applied.amount_currency ?? '');
  const count = applied.frequency_duration ?? 0;
  switch (applied.frequency) {
    case 'once':
      return applied.amount_cents === null ? (
        <Trans>{value} off the next invoice.</Trans>
      ) : (
        <Trans>{value} off the next invoice; what is left over goes on to the one after it.</Trans>
      );
    case 'recurring':
      return (
        <Trans>
          {value} off each of the next {count} invoices.
        </Trans>
      );
    case 'forever':
      return <Trans>{value} off every invoice.</Trans>;
  }
}
