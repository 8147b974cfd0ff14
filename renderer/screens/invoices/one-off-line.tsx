import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Collapse, Group, MultiSelect, Paper, Select, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { AddOnAnswer } from '../../../shared/wire/add-on.ts';
import type { TaxEndpointAnswer } from '../../../shared/wire/tax.ts';
import { amountTextOf, centsOfAmount } from '../../format/amount-text.ts';
import { currencySign, formatRate } from '../../format/money.ts';
import { isUnits, type OneOffValues } from './one-off-values.ts';

interface OneOffLineProps {
  readonly form: UseFormReturnType<OneOffValues>;
  readonly index: number;
  readonly currency: string;
  readonly addOns: readonly AddOnAnswer[];
  readonly taxes: readonly TaxEndpointAnswer[];
  readonly canRemove: boolean;
}

/** One add-on of a one-off invoice. What is left empty comes from the add-on. */
export function OneOffLine({ form, index, currency, addOns, taxes, canRemove }: OneOffLineProps): JSX.Element {
  const { t } = useLingui();
  const [isOpen, { toggle }] = useDisclosure(false);
  const at = (name: string): string => `fees.${String(index)}.${name}`;
  const fee = form.values.fees[index];
  const addOn = addOns.find(({ code }) => code === fee?.add_on_code);
  const line = String(index + 1);
  const typed = fee?.unit_amount ?? '';
  const isWrong = typed.trim() !== '' && centsOfAmount(typed, currency) === null;
  return (
    <Paper withBorder p="sm" component="fieldset" aria-label={t`Line ${line}`} m={0}>
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <Select
          label={t`Add-on`}
          required
          searchable
          style={{ flex: 2 }}
          data={addOns.map(({ code, name }) => ({ value: code, label: name }))}
          value={fee?.add_on_code === '' ? null : (fee?.add_on_code ?? null)}
          onChange={(code) => form.setFieldValue(at('add_on_code'), code ?? '')}
          error={form.errors[at('add_on_code')]}
          data-path={at('add_on_code')}
        />
        <TextInput
          label={t`Units`}
          required
          inputMode="decimal"
          w={90}
          {...form.getInputProps(at('units'))}
          error={fee !== undefined && fee.units.trim() !== '' && !isUnits(fee.units) ? t`No number` : form.errors[at('units')]}
        />
        <TextInput
          label={t`Unit price`}
          inputMode="decimal"
          w={150}
          leftSection={<Text size="xs">{currencySign(currency)}</Text>}
          leftSectionWidth={44}
          placeholder={addOn === undefined ? '' : amountTextOf(addOn.amount_cents, currency)}
          {...form.getInputProps(at('unit_amount'))}
          error={isWrong ? t`No amount in ${currency}` : form.errors[at('unit_amount')]}
        />
        <ActionIcon
          aria-label={t`Remove line ${line}`}
          disabled={!canRemove}
          mt={18}
          size={30}
          onClick={() => form.removeListItem('fees', index)}
        >
          <IconTrash size={15} />
        </ActionIcon>
      </Group>
      <UnstyledButton onClick={toggle} aria-expanded={isOpen} mt={8} mih={24}>
        <Group gap={4}>
          {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          <Text size="sm">
            <Trans>Name, taxes and dates</Trans>
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        {isOpen && (
          <Group grow align="flex-start" gap="xs" mt="xs">
            <div>
              <TextInput
                label={t`Name on the invoice`}
                placeholder={addOn?.invoice_display_name ?? addOn?.name ?? ''}
                {...form.getInputProps(at('invoice_display_name'))}
              />
              <Textarea
                size="xs"
                label={t`Description`}
                autosize
                minRows={1}
                mt="xs"
                placeholder={addOn?.description ?? ''}
                {...form.getInputProps(at('description'))}
              />
            </div>
            <div>
              <MultiSelect
                label={t`Taxes`}
                description={t`Those of the add-on or customer unless chosen.`}
                size="xs"
                data={taxes.map(({ code, name, rate }) => ({ value: code, label: `${name} (${formatRate(rate)})` }))}
                value={fee?.tax_codes ?? []}
                onChange={(codes) => form.setFieldValue(at('tax_codes'), codes)}
                error={form.errors[at('tax_codes')]}
              />
              <Group grow gap="xs" mt="xs">
                <TextInput type="date" label={t`From`} {...form.getInputProps(at('from_datetime'))} />
                <TextInput type="date" label={t`To`} {...form.getInputProps(at('to_datetime'))} />
              </Group>
            </div>
          </Group>
        )}
      </Collapse>
    </Paper>
  );
}
