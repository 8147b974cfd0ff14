import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Kbd, Modal, Table, Text } from '@mantine/core';
import type { JSX } from 'react';
import { useActions, type Action } from '../actions.ts';
import { usePreferences } from '../state/preferences.ts';
import { keysOf, spellKeys } from './shortcut-keys.ts';

/** Every action that has keys, from the registry. */
export function ShortcutSheet({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }): JSX.Element {
  const { t } = useLingui();
  return (
    <Modal opened={opened} onClose={onClose} title={t`Keyboard shortcuts`} size="md">
      <ShortcutTable />
      <Text size="xs" c="dimmed" mt="md">
        <Trans>
          In lists: arrows or J and K move, Enter opens, X selects, Space looks quickly. In records: [ and ] go to the one before and after.
        </Trans>
      </Text>
    </Modal>
  );
}

function ShortcutTable(): JSX.Element {
  const preferences = usePreferences();
  const actions = useActions().filter((action) => keysOf(action, preferences) !== null);
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Action</Trans>
          </Table.Th>
          <Table.Th ta="right">
            <Trans>Keys</Trans>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {actions.map((action) => (
          <ShortcutRow key={action.id} action={action} keys={keysOf(action, preferences) ?? ''} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ShortcutRow({ action, keys }: { readonly action: Action; readonly keys: string }): JSX.Element {
  const { _ } = useI18n();
  return (
    <Table.Tr>
      <Table.Td>{_(action.label)}</Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end">
          {spellKeys(keys).map((key, index) => (
            <Kbd key={index} size="xs">
              {key}
            </Kbd>
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
