import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Drawer, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { pathPart, send } from '../../../api-client.ts';
import { codeFromName } from '../../../components/code-from-name.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../../components/form-errors.ts';

interface ConnectStripePanelProps {
  readonly opened: boolean;
  /** The first account is called `stripe`. */
  readonly isFirst: boolean;
  readonly onClose: () => void;
}

const NEW_ACCOUNT = { name: 'Stripe', secret_key: '' };

/** Connects an account: its key is tried out before it is stored. */
export function ConnectStripePanel({ opened, isFirst, onClose }: ConnectStripePanelProps): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const form = useForm({ mode: 'uncontrolled', initialValues: NEW_ACCOUNT });
  const connect = useMutation({
    mutationFn: (values: typeof NEW_ACCOUNT) => {
      const code = isFirst ? 'stripe' : codeFromName(values.name);
      return send('PUT', `/api/v1/payment_providers/${pathPart(code)}`, { payment_provider: { type: 'stripe', ...values } });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['payment_provider'] });
      close();
    },
    onError: (error) => form.setErrors(formErrorsOf(fieldsOf(error))),
    gcTime: 0,
  });
  const close = (): void => {
    onClose();
    form.reset();
    connect.reset();
  };
  return (
    <Drawer opened={opened} onClose={close} title={t`Connect Stripe`}>
      <form noValidate onSubmit={form.onSubmit((values) => connect.mutate(values))}>
        <Stack>
          <TextInput
            label={t`Name`}
            description={t`Of this account, here only.`}
            required
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <PasswordInput
            label={t`Secret key`}
            description={t`Begins with sk_ or rk_. It is tried out, stored sealed, and never shown again.`}
            size="xs"
            required
            data-autofocus
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': t`Show or hide the key` }}
            key={form.key('secret_key')}
            {...form.getInputProps('secret_key')}
          />
          <Text size="sm" c="dimmed">
            <Trans>
              Stripe shows it under{' '}
              <Anchor underline="always" href="https://dashboard.stripe.com/apikeys" target="_blank" rel="noreferrer" size="sm">
                Developers → API keys
              </Anchor>
              . A test key is good for trying everything out.
            </Trans>
          </Text>
          {connect.error !== null && Object.keys(fieldsOf(connect.error)).length === 0 && <RefusedNote error={connect.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={connect.isPending}>
              <Trans>Connect</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
