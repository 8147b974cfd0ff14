import { Trans, useLingui } from '@lingui/react/macro';
import { Autocomplete, Button, Group, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { IconRefresh } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { ApiError, read, send } from '../../api-client.ts';
import { ConfirmPanel } from '../../components/confirm-panel.tsx';
import { formErrorsOf } from '../../components/form-errors.ts';
import { newTransactionId, requestBody, type SentEvent } from './event-request.ts';

interface Metric {
  readonly code: string;
  readonly field_name: string | null;
  readonly aggregation_type: string;
}

interface SendEventPanelProps {
  /** What the form begins with; null while the panel is closed. */
  readonly draft: Partial<SentEvent> | null;
  readonly onClose: () => void;
}

/** Sends one event by hand: a test, or one that was sent wrong. */
export function SendEventPanel({ draft, onClose }: SendEventPanelProps): JSX.Element | null {
  if (draft === null) return null;
  return <OpenPanel key={JSON.stringify(draft)} draft={draft} onClose={onClose} />;
}

function OpenPanel({ draft, onClose }: { readonly draft: Partial<SentEvent>; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const form = useEventForm(draft);
  const { metrics, subscriptions } = useChoices();
  const chooseCode = (code: string): void => {
    form.set({ code });
    const metric = metrics.find((each) => each.code === code);
    if (metric !== undefined && !form.isPropertiesEdited) form.set({ code, properties: exampleOf(metric) });
  };
  return (
    <ConfirmPanel
      opened
      onClose={onClose}
      title={draft.code === undefined ? t`Send a test event` : t`Send an event of “${draft.code}”`}
      confirmLabel={t`Send event`}
      canConfirm={form.values.code.trim() !== '' && form.values.subscription.trim() !== ''}
      onConfirm={form.submit}
    >
      <Autocomplete
        size="xs"
        label={t`Code`}
        description={t`Of a billable metric; any other is stored with a warning`}
        value={form.values.code}
        onChange={chooseCode}
        data={metrics.map(({ code }) => code)}
        error={form.errors['code']}
        data-autofocus
      />
      <Autocomplete
        size="xs"
        label={t`External subscription id`}
        value={form.values.subscription}
        onChange={(subscription) => form.set({ subscription })}
        data={[...subscriptions]}
        error={form.errors['external_subscription_id']}
      />
      <Textarea
        size="xs"
        label={t`Properties`}
        description={t`A JSON object`}
        autosize
        minRows={3}
        maxRows={12}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={form.values.properties}
        onChange={(event) => form.set({ properties: event.currentTarget.value }, true)}
        error={form.errors['properties']}
      />
      <Group align="end" gap="xs" wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          label={t`Transaction id`}
          description={t`Sent twice for a subscription, it is refused and counts once`}
          value={form.values.transactionId}
          onChange={(event) => form.set({ transactionId: event.currentTarget.value })}
          error={form.errors['transaction_id']}
        />
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={() => form.set({ transactionId: newTransactionId() })}>
          <Trans>New id</Trans>
        </Button>
      </Group>
      <TextInput
        label={t`Time`}
        description={t`UTC, as 2026-01-31T12:00:00Z; empty means now`}
        value={form.values.timestamp}
        onChange={(event) => form.set({ timestamp: event.currentTarget.value })}
        error={form.errors['timestamp']}
      />
    </ConfirmPanel>
  );
}

interface FormValues {
  readonly code: string;
  readonly subscription: string;
  readonly properties: string;
  readonly transactionId: string;
  readonly timestamp: string;
}

function useEventForm(draft: Partial<SentEvent>) {
  const { t } = useLingui();
  const [values, setValues] = useState<FormValues>(() => ({
    code: draft.code ?? '',
    subscription: draft.external_subscription_id ?? '',
    properties: JSON.stringify(draft.properties ?? {}, null, 2),
    transactionId: draft.transaction_id ?? newTransactionId(),
    timestamp: draft.timestamp ?? '',
  }));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isPropertiesEdited, setEdited] = useState(draft.properties !== undefined);
  const refuse = (field: string, message: string): never => {
    setErrors({ [field]: message });
    throw new Error(message);
  };
  const submit = async (): Promise<void> => {
    setErrors({});
    const properties = objectOf(values.properties) ?? refuse('properties', t`This is not a JSON object.`);
    const timestamp = values.timestamp.trim();
    if (timestamp !== '' && !isInstant(timestamp)) refuse('timestamp', t`This is not a time like 2026-01-31T12:00:00Z.`);
    const event: SentEvent = {
      transaction_id: values.transactionId,
      external_subscription_id: values.subscription.trim(),
      code: values.code.trim(),
      timestamp: timestamp === '' ? undefined : timestamp,
      properties,
      precise_total_amount_cents: draft.precise_total_amount_cents,
    };
    try {
      await send('POST', '/api/v1/events', requestBody(event));
    } catch (error) {
      if (error instanceof ApiError) setErrors(formErrorsOf(error.fields));
      throw error;
    }
    notifications.show({ message: t`Sent. It is on top of the tail.`, autoClose: 3_000 });
  };
  return {
    values,
    errors,
    isPropertiesEdited,
    submit,
    set: (change: Partial<FormValues>, isEdit = false) => {
      if (isEdit) setEdited(true);
      setValues((old) => ({ ...old, ...change }));
    },
  };
}

function useChoices(): { readonly metrics: readonly Metric[]; readonly subscriptions: readonly string[] } {
  const { data: metrics } = useQuery({
    queryKey: ['billable_metric', 'choices'],
    queryFn: ({ signal }) => read<{ readonly billable_metrics: readonly Metric[] }>('/api/v1/billable_metrics?per_page=1000', { signal }),
  });
  const { data: subscriptions } = useQuery({
    queryKey: ['subscription', 'choices'],
    queryFn: ({ signal }) =>
      read<{ readonly subscriptions: readonly { readonly external_id: string }[] }>('/api/v1/subscriptions?per_page=1000', { signal }),
  });
  return {
    metrics: metrics?.billable_metrics ?? [],
    subscriptions: [...new Set(subscriptions?.subscriptions.map((each) => each.external_id) ?? [])],
  };
}

function exampleOf({ field_name: field, aggregation_type: aggregation }: Metric): string {
  if (field === null) return '{}';
  return JSON.stringify({ [field]: aggregation === 'unique_count_agg' ? 'a' : 1 }, null, 2);
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
}
