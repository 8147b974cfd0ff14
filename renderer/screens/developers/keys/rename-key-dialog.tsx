import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type JSX } from 'react';
import { MAX_KEY_NAME, type ApiKeyAnswer } from '../../../../shared/internal/developers.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { saveReversible } from '../../../components/undo.ts';

/** Gives a key another name; the key itself stays. */
export function RenameKeyDialog({ apiKey, onClose }: { readonly apiKey: ApiKeyAnswer | null; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  const [name, setName] = useState('');
  useEffect(() => {
    if (apiKey !== null) setName(apiKey.name ?? '');
  }, [apiKey]);
  const rename = useMutation({
    mutationFn: () =>
      saveReversible('PUT', `/api/internal/api_keys/${apiKey?.lago_id ?? ''}`, {
        body: { api_key: { name } },
        message: t`Renamed the key`,
      }),
    onSuccess: onClose,
  });
  return (
    <Modal opened={apiKey !== null} onClose={onClose} title={t`Rename the key`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t`Name`}
            value={name}
            maxLength={MAX_KEY_NAME}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {rename.error !== null && <RefusedNote error={rename.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={rename.isPending}>
              <Trans>Rename</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
