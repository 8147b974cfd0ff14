import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { JSX } from 'react';
import { copyText } from '../../../components/copy-text.ts';

/** A secret in the only moment in which it can be shown. */
export function SecretOnce({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }): JSX.Element {
  const { t } = useLingui();
  return (
    <Stack>
      <Alert color="yellow" variant="outline" title={t`Copy this key now`}>
        <Trans>It is shown this once. Whoever has it can do everything that the API can: keep it where secrets are kept.</Trans>
      </Alert>
      <TextInput
        label={t`API key`}
        value={secret}
        readOnly
        classNames={{ input: 'code' }}
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          <Trans>Done</Trans>
        </Button>
        <Button leftSection={<IconCopy size={14} />} onClick={() => void copyText(secret)}>
          <Trans>Copy key</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
