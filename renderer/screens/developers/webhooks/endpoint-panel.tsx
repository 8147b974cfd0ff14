import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Group, MultiSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { WebhookEndpointAnswer } from '../../../../shared/wire/webhook-endpoint.ts';
import { read, send } from '../../../api-client.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../../components/form-errors.ts';
import { saveReversible } from '../../../components/undo.ts';

const EXAMPLE_URL = 'https://example.com/hooks';

interface EndpointPanelProps {
  readonly opened: boolean;
  /** Null for a new one. */
  readonly endpoint: WebhookEndpointAnswer | null;
  readonly onClose: () => void;
}

interface EndpointValues extends Record<string, unknown> {
  readonly webhook_url: string;
  readonly name: string;
  readonly signature_algo: 'jwt' | 'hmac';
  readonly reach: 'all' | 'some';
  readonly event_types: string[];
}

/** Makes an endpoint, or changes one. */
export function EndpointPanel({ opened, endpoint, onClose }: EndpointPanelProps): JSX.Element {
  const { t } = useLingui();
  const form = useForm<EndpointValues>({ mode: 'controlled', initialValues: valuesOf(endpoint) });
  const save = useMutation({
    mutationFn: (values: EndpointValues) => saveEndpoint(endpoint, values, t`Saved the endpoint`),
    onSuccess: () => {
      onClose();
      form.reset();
    },
    onError: (error) => form.setErrors(formErrorsOf(fieldsOf(error))),
  });
  const hasFieldErrors = save.error !== null && Object.keys(fieldsOf(save.error)).some((field) => field in form.values);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={endpoint === null ? t`Add an endpoint` : t`Edit the endpoint`}
      onExitTransitionEnd={save.reset}
    >
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <TextInput
            label={t`URL`}
            description={t`http or https. Programs on this computer and in your network can be reached, too.`}
            placeholder={EXAMPLE_URL}
            required
            inputMode="url"
            data-autofocus
            {...form.getInputProps('webhook_url')}
          />
          <TextInput label={t`Name`} {...form.getInputProps('name')} />
          <Radio.Group label={t`Signature`} {...form.getInputProps('signature_algo')}>
            <Stack gap={8} mt={8}>
              <Radio value="hmac" label={'hmac'} description={t`A short code of the body under a shared key. Fits every server.`} />
              <Radio
                value="jwt"
                label={'jwt'}
                description={t`A token under a public key. It carries the whole body in a header: large invoices are more than many servers take.`}
              />
            </Stack>
          </Radio.Group>
          <Radio.Group label={t`Messages`} {...form.getInputProps('reach')}>
            <Stack gap={8} mt={8}>
              <Radio value="all" label={t`All, also those that later versions add`} />
              <Radio value="some" label={t`Only some`} />
            </Stack>
          </Radio.Group>
          {form.values.reach === 'some' && <TypePicker value={form.values.event_types} {...form.getInputProps('event_types')} />}
          {save.error !== null && !hasFieldErrors && <RefusedNote error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={save.isPending}>
              {endpoint === null ? <Trans>Add endpoint</Trans> : <Trans>Save endpoint</Trans>}
            </Button>
          </Group>
          {endpoint === null && (
            <Text size="xs" c="dimmed">
              <Trans>
                It hears of everything that happens from then on. A message that is not answered with a 2xx is tried three times.
              </Trans>
            </Text>
          )}
        </Stack>
      </form>
    </Drawer>
  );
}

interface TypePickerProps {
  readonly value: string[];
  readonly onChange: (value: string[]) => void;
}

function TypePicker({ value, onChange }: TypePickerProps): JSX.Element {
  const { t } = useLingui();
  const { data: known } = useQuery({
    queryKey: ['webhook_types'],
    queryFn: ({ signal }) => read<{ readonly webhook_types: readonly string[] }>('/api/internal/webhook_types', { signal }),
  });
  // What the endpoint asks for already stays, also where this program never sends it.
  const names = [...new Set([...(known?.webhook_types ?? []), ...value])].sort();
  return (
    <MultiSelect
      label={t`Kinds of messages`}
      size="xs"
      searchable
      clearable
      hidePickedOptions
      data={names}
      value={value}
      onChange={onChange}
    />
  );
}

function saveEndpoint(endpoint: WebhookEndpointAnswer | null, values: EndpointValues, message: string): Promise<unknown> {
  const body = {
    webhook_endpoint: {
      webhook_url: values.webhook_url.trim(),
      name: values.name.trim() === '' ? null : values.name.trim(),
      signature_algo: values.signature_algo,
      event_types: values.reach === 'all' ? null : values.event_types,
    },
  };
  return endpoint === null
    ? send('POST', '/api/v1/webhook_endpoints', body)
    : saveReversible('PUT', `/api/v1/webhook_endpoints/${endpoint.lago_id}`, { body, message });
}

function valuesOf(endpoint: WebhookEndpointAnswer | null): EndpointValues {
  const types = endpoint?.event_types ?? null;
  return {
    webhook_url: endpoint?.webhook_url ?? '',
    name: endpoint?.name ?? '',
    signature_algo: endpoint?.signature_algo ?? 'hmac',
    reach: types === null || types.includes('*') ? 'all' : 'some',
    event_types: types === null ? [] : [...types],
  };
}
