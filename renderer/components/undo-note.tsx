import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import type { JSX } from 'react';

export function UndoNote({ message, onUndo }: { readonly message: string; readonly onUndo: () => void }): JSX.Element {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{message}</Text>
      <Button variant="subtle" onClick={onUndo}>
        <Trans>Undo</Trans>
      </Button>
    </Group>
  );
}
