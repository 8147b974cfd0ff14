import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { MAX_KEY_NAME, type NewApiKeyAnswer } from '../../../../shared/internal/developers.ts';
import { send } from '../../../api-client.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { SecretOnce } from './secret-once.tsx';

interface NewKeyDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Hears the key itself, so that it can be tried out. */
  readonly onMade: (key: string) => void;
}

/** Makes a key, and shows it once. */
export function NewKeyDialog({ opened, onClose, onMade }: NewKeyDialogProps): JSX.Element {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () => send<NewApiKeyAnswer>('POST', '/api/internal/api_keys', { api_key: { name } }),
    onSuccess: ({ key }) => onMade(key),
    // It is kept nowhere else than where it is shown.
    gcTime: 0,
  });
  const close = (): void => {
    onClose();
    setName('');
    make.reset();
  };
  const { data: made } = make;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={made === undefined ? t`Create an API key` : t`The key is made`}
      closeOnClickOutside={made === undefined}
    >
      {made === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate();
          }}
        >
          <Stack>
            <TextInput
              label={t`Name`}
              description={t`For which program it is. Only you see it.`}
              placeholder={t`Backend`}
              value={name}
              maxLength={MAX_KEY_NAME}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            {make.error !== null && <RefusedNote error={make.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                <Trans>Cancel</Trans>
              </Button>
              <Button type="submit" loading={make.isPending}>
                <Trans>Create key</Trans>
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <SecretOnce secret={made.key} onDone={close} />
      )}
    </Modal>
  );
}
