import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { useState, type JSX, type KeyboardEvent } from 'react';
import { nameOfPress } from '../../../shell/shortcut-keys.ts';

interface KeyRecorderProps {
  readonly label: string;
  readonly onDone: (keys: string) => void;
  readonly onCancel: () => void;
}

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Meta', 'Shift', 'Alt', 'CapsLock']);
const LETTERS_AT_MOST = 2;

/** Takes the keys as they are pressed: one combination with Ctrl or ⌘, or one or two signs, one after the other. */
export function KeyRecorder({ label, onDone, onCancel }: KeyRecorderProps): JSX.Element {
  const { t } = useLingui();
  const [keys, setKeys] = useState('');
  const press = (event: KeyboardEvent): void => {
    // Tab leads out of the field, as everywhere.
    if (event.key === 'Tab' || MODIFIERS.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onCancel();
    if (event.key === 'Enter' && keys !== '') return onDone(keys);
    const name = nameOfPress(event.nativeEvent);
    if (name.startsWith('mod+')) return setKeys(name);
    if (name.length > 1) return undefined;
    const signs = keys === '' || keys.startsWith('mod+') ? [] : keys.split(' ');
    return setKeys([...(signs.length >= LETTERS_AT_MOST ? [] : signs), name].join(' '));
  };
  return (
    <Group gap={4} wrap="nowrap">
      <TextInput
        aria-label={t`New keys of ${label}`}
        placeholder={t`Press the keys`}
        value={keys}
        readOnly
        autoFocus
        w={130}
        onKeyDown={press}
      />
      <Button disabled={keys === ''} onClick={() => onDone(keys)}>
        <Trans>Use</Trans>
      </Button>
      <Button variant="default" onClick={onCancel}>
        <Trans>Cancel</Trans>
      </Button>
    </Group>
  );
}
