import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';

interface SaveViewDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSave: (name: string) => void;
}

/** Asks for the name of a saved view. */
export function SaveViewDialog({ opened, onClose, onSave }: SaveViewDialogProps): JSX.Element {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const save = (): void => {
    onSave(name.trim());
    setName('');
    onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t`Save this view`} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save();
        }}
      >
        <TextInput label={t`Name`} value={name} maxLength={60} data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={name.trim() === ''}>
            <Trans>Save view</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
