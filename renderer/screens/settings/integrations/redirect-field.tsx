import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type JSX } from 'react';
import type { PaymentProviderAnswer } from '../../../../shared/wire/payment-provider.ts';
import { fieldsOf, formErrorsOf } from '../../../components/form-errors.ts';
import { saveReversible } from '../../../components/undo.ts';

const EXAMPLE_URL = 'https://example.com/thanks';

interface RedirectFieldProps {
  readonly account: PaymentProviderAnswer;
  readonly path: string;
}

/** Where customers are led from Stripe's pages. */
export function RedirectField({ account, path }: RedirectFieldProps): JSX.Element {
  const { t } = useLingui();
  const stored = account.success_redirect_url ?? '';
  const [url, setUrl] = useState(stored);
  useEffect(() => setUrl(stored), [stored]);
  const save = useMutation({
    mutationFn: () =>
      saveReversible('PUT', path, { body: { payment_provider: { success_redirect_url: url } }, message: t`Saved the Stripe settings` }),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t`Page after paying`}
          description={t`Where Stripe’s pages lead customers afterwards. Left empty, Stripe’s own.`}
          placeholder={EXAMPLE_URL}
          inputMode="url"
          style={{ flex: 1 }}
          value={url}
          error={formErrorsOf(fieldsOf(save.error))['success_redirect_url']}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={save.isPending} disabled={url === stored}>
          <Trans>Save page</Trans>
        </Button>
      </Group>
    </form>
  );
}
