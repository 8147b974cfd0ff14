import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { SubscriptionFactsAnswer } from '../../../shared/internal/subscriptions.ts';
import { pathPart } from '../../api-client.ts';
import { RefusedNote } from '../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../components/form-errors.ts';
import { StateBoundary } from '../../components/states.tsx';
import { saveReversible } from '../../components/undo.ts';
import { useSubscriptionFacts } from '../effects/catalog-queries.ts';
import { endOf } from '../effects/day-instants.ts';
import { OverrideTable } from './override-table.tsx';

/** `/subscriptions/$id/settings`. */
export function SubscriptionSettings(): JSX.Element {
  const { id } = useParams({ from: '/shell/subscriptions/$id/settings' });
  const facts = useSubscriptionFacts(id);
  return (
    <StateBoundary query={facts}>
      {(answer) => (
        <Stack gap="lg" px="lg" py="md" maw={640}>
          <SettingsForm key={JSON.stringify(settingsOf(answer))} facts={answer} />
          <OverrideTable facts={answer} />
        </Stack>
      )}
    </StateBoundary>
  );
}

interface SettingValues {
  readonly name: string;
  readonly last_day: string | null;
  readonly note: string;
  readonly invoice: string;
}

function settingsOf({ subscription, line }: SubscriptionFactsAnswer): SettingValues {
  const row = line.find(({ lago_id: id }) => id === subscription.lago_id);
  return {
    name: subscription.name ?? '',
    last_day: subscription.ending_at === null ? null : (row?.ends_on ?? null),
    note: subscription.on_termination_credit_note ?? 'credit',
    invoice: subscription.on_termination_invoice,
  };
}

function SettingsForm({ facts }: { readonly facts: SubscriptionFactsAnswer }): JSX.Element {
  const { t } = useLingui();
  const { subscription, customer } = facts;
  const form = useForm<SettingValues>({ mode: 'controlled', initialValues: settingsOf(facts) });
  const isOver = subscription.status === 'terminated' || subscription.status === 'canceled';
  const isChange = subscription.status === 'pending' && subscription.previous_plan_code !== null;
  const save = useMutation({
    mutationFn: (values: SettingValues) =>
      saveReversible('PUT', `/api/v1/subscriptions/${pathPart(subscription.external_id)}?status=${subscription.status}`, {
        body: { subscription: bodyOf(values, settingsOf(facts), customer.timezone) },
        message: t`Saved “${subscription.external_id}”`,
      }),
    onError: (error) => form.setErrors(formErrorsOf(fieldsOf(error), (path) => (path === 'ending_at' ? 'last_day' : path))),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="md">
        <Title order={2}>
          <Trans>Settings</Trans>
        </Title>
        {isOver && (
          <Text size="sm" c="dimmed">
            <Trans>This subscription has ended: nothing can be changed.</Trans>
          </Text>
        )}
        <TextInput label={t`Name`} description={t`Shown on screens.`} disabled={isOver} {...form.getInputProps('name')} />
        {!isChange && (
          <DateInput
            size="xs"
            label={t`Last day`}
            description={t`In the customer’s time zone. Left empty, it goes on until it is ended.`}
            clearable
            disabled={isOver}
            valueFormat="YYYY-MM-DD"
            placeholder={t`YYYY-MM-DD`}
            {...form.getInputProps('last_day')}
            error={form.errors['last_day'] === undefined ? undefined : t`Choose a day after today and after the start.`}
          />
        )}
        {subscription.plan.pay_in_advance && (
          <Radio.Group label={t`When it ends, days paid for and not used are`} size="xs" {...form.getInputProps('note')}>
            <Group gap="md" mt={6}>
              <Radio size="xs" disabled={isOver} value="credit" label={t`credited`} />
              <Radio size="xs" disabled={isOver} value="refund" label={t`refunded`} />
              <Radio size="xs" disabled={isOver} value="offset" label={t`taken off the unpaid invoice`} />
              <Radio size="xs" disabled={isOver} value="skip" label={t`kept`} />
            </Group>
          </Radio.Group>
        )}
        <Radio.Group label={t`When it ends, what was used is`} size="xs" {...form.getInputProps('invoice')}>
          <Group gap="md" mt={6}>
            <Radio size="xs" disabled={isOver} value="generate" label={t`billed`} />
            <Radio size="xs" disabled={isOver} value="skip" label={t`never billed`} />
          </Group>
        </Radio.Group>
        {save.error !== null && Object.keys(fieldsOf(save.error)).length === 0 && <RefusedNote error={save.error} />}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={isOver || !form.isDirty()}>
            <Trans>Save settings</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Only what was changed: an end that stays keeps its hour. */
function bodyOf(values: SettingValues, before: SettingValues, timeZone: string): object {
  return {
    ...(values.name === before.name ? {} : { name: values.name.trim() }),
    ...(values.last_day === before.last_day ? {} : { ending_at: values.last_day === null ? null : endOf(values.last_day, timeZone) }),
    ...(values.note === before.note ? {} : { on_termination_credit_note: values.note }),
    ...(values.invoice === before.invoice ? {} : { on_termination_invoice: values.invoice }),
  };
}
