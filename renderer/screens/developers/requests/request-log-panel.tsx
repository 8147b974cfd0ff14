import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Group, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { RequestLogAnswer } from '../../../../shared/internal/developers.ts';
import { read } from '../../../api-client.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../../components/form-errors.ts';
import { StateBoundary } from '../../../components/states.tsx';
import { saveReversible } from '../../../components/undo.ts';
import { formatUnits } from '../../../format/money.ts';

const PATH = '/api/internal/request_log';

/** How much is kept of calls, and for how long. */
export function RequestLogPanel({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const settings = useQuery({
    queryKey: ['request', 'settings'],
    queryFn: ({ signal }) => read<{ readonly request_log: RequestLogAnswer }>(PATH, { signal }),
    enabled: opened,
  });
  return (
    <Drawer opened={opened} onClose={onClose} title={t`What is kept of calls`}>
      <StateBoundary query={settings}>{({ request_log: kept }) => <SettingsForm kept={kept} onClose={onClose} />}</StateBoundary>
    </Drawer>
  );
}

function SettingsForm({ kept, onClose }: { readonly kept: RequestLogAnswer; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const { stores_bodies, kept_days, kept_rows } = kept;
  const form = useForm({ mode: 'controlled', initialValues: { stores_bodies, kept_days, kept_rows } });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      saveReversible('PUT', PATH, { body: { request_log: values }, message: t`Saved what is kept of calls` }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['request'] });
      onClose();
    },
    onError: (error) => form.setErrors(formErrorsOf(fieldsOf(error))),
  });
  const posts = formatUnits(kept.event_posts_last_day);
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <Switch
          label={t`Keep bodies`}
          description={t`What was sent and answered, without secrets, up to 16,000 letters each.`}
          {...form.getInputProps('stores_bodies', { type: 'checkbox' })}
        />
        <NumberInput label={t`Days`} min={1} max={90} allowDecimal={false} {...form.getInputProps('kept_days')} />
        <NumberInput
          label={t`Calls at most`}
          min={100}
          max={100000}
          thousandSeparator=","
          allowDecimal={false}
          {...form.getInputProps('kept_rows')}
        />
        <Text size="sm" c="dimmed">
          <Trans>Accepted posts of events are counted only: {posts} within a day.</Trans>
        </Text>
        {save.error !== null && Object.keys(fieldsOf(save.error)).length === 0 && <RefusedNote error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={save.isPending}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
