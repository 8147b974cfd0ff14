import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { PaymentProviderAnswer } from '../../../../shared/wire/payment-provider.ts';
import { pathPart, send } from '../../../api-client.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../../components/form-errors.ts';

type SecretName = 'secret_key' | 'webhook_secret';

interface ReplaceSecretPanelProps {
  readonly account: PaymentProviderAnswer;
  readonly secret: SecretName | null;
  readonly onClose: () => void;
}

/** Takes a new secret in; the old one is never shown. */
export function ReplaceSecretPanel({ account, secret, onClose }: ReplaceSecretPanelProps): JSX.Element {
  const { t } = useLingui();
  const isKey = secret === 'secret_key';
  return (
    <Drawer opened={secret !== null} onClose={onClose} title={isKey ? t`Replace the secret key` : t`Webhook secret`}>
      {secret !== null && <SecretForm key={secret} account={account} secret={secret} onClose={onClose} />}
    </Drawer>
  );
}

function SecretForm({ account, secret, onClose }: ReplaceSecretPanelProps & { readonly secret: SecretName }): JSX.Element {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const isKey = secret === 'secret_key';
  const save = useMutation({
    mutationFn: () => send('PUT', `/api/v1/payment_providers/${pathPart(account.code)}`, { payment_provider: { [secret]: text } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['payment_provider'] });
      onClose();
    },
    gcTime: 0,
  });
  const fieldError = formErrorsOf(fieldsOf(save.error))[secret];
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <PasswordInput
          label={isKey ? t`Secret key` : t`Signing secret`}
          description={isKey ? t`Begins with sk_ or rk_. It is tried out before it takes the old one’s place.` : t`Begins with whsec_.`}
          size="xs"
          required
          data-autofocus
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t`Show or hide the key` }}
          value={text}
          error={fieldError}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {isKey && (
          <Text size="sm" c="dimmed">
            <Trans>Take a key of the same Stripe account: customers and payments of another one would not be found.</Trans>
          </Text>
        )}
        {save.error !== null && fieldError === undefined && <RefusedNote error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={save.isPending} disabled={text.trim() === ''}>
            <Trans>Save secret</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
