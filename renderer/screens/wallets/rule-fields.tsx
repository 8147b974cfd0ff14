import { Trans, useLingui } from '@lingui/react/macro';
import { Fieldset, Radio, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { JSX } from 'react';
import type { WalletValues } from './wallet-values.ts';

/** The top-up that happens by itself: one at most. */
export function RuleFields({ form }: { readonly form: UseFormReturnType<WalletValues> }): JSX.Element {
  const { t } = useLingui();
  const { rule } = form.values;
  return (
    <Fieldset legend={t`Recurring top-up`} variant="default">
      <Stack gap="sm">
        <Radio.Group aria-label={t`When it happens`} {...form.getInputProps('rule.trigger')}>
          <Stack gap={8}>
            <Radio value="" label={t`None`} />
            <Radio value="interval" label={t`At a regular interval`} />
            <Radio value="threshold" label={t`When the ongoing balance falls to a threshold`} />
          </Stack>
        </Radio.Group>
        {rule.trigger !== '' && (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {rule.trigger === 'interval' ? (
              <Select
                label={t`Interval`}
                allowDeselect={false}
                data={[
                  { value: 'weekly', label: t`Every week` },
                  { value: 'monthly', label: t`Every month` },
                  { value: 'quarterly', label: t`Every quarter` },
                  { value: 'semiannual', label: t`Every half year` },
                  { value: 'yearly', label: t`Every year` },
                ]}
                {...form.getInputProps('rule.interval')}
              />
            ) : (
              <TextInput label={t`Threshold in credits`} inputMode="decimal" {...form.getInputProps('rule.threshold_credits')} />
            )}
            <Select
              label={t`How much`}
              allowDeselect={false}
              data={[
                { value: 'fixed', label: t`Always the same` },
                { value: 'target', label: t`Up to an ongoing balance` },
              ]}
              {...form.getInputProps('rule.method')}
            />
            {rule.method === 'fixed' ? (
              <>
                <TextInput label={t`Paid credits each time`} inputMode="decimal" {...form.getInputProps('rule.paid_credits')} />
                <TextInput label={t`Granted credits each time`} inputMode="decimal" {...form.getInputProps('rule.granted_credits')} />
              </>
            ) : (
              <TextInput label={t`Target in credits`} inputMode="decimal" {...form.getInputProps('rule.target_ongoing_balance')} />
            )}
          </SimpleGrid>
        )}
        {rule.trigger !== '' && (
          <Text size="xs" c="dimmed">
            <Trans>Each purchase makes an invoice, collected like any other.</Trans>
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}
