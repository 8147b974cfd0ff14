import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Kbd, Stack, Switch, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMemo, useState, type JSX } from 'react';
import { useKnownActions, type Action } from '../../../actions.ts';
import { DetailPage } from '../../../components/detail-page.tsx';
import { Nothing } from '../../../components/values.tsx';
import { spellKeys } from '../../../shell/shortcut-keys.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { useSettingsTabs } from '../settings-tabs.tsx';
import { chosenKeysOf, usedBy } from './chosen-keys.ts';
import { KeyRecorder } from './key-recorder.tsx';

/** `/settings/shortcuts`: every action of the registry, and its keys. */
export function ShortcutSettings(): JSX.Element {
  const { t } = useLingui();
  const { hasLetterKeys, chosenKeys, change } = usePreferences();
  const hasChoices = Object.keys(chosenKeys).length > 0;
  return (
    <DetailPage
      title={t`Shortcuts`}
      crumbs={[]}
      tabs={useSettingsTabs()}
      actions={
        <Button variant="default" disabled={!hasChoices} onClick={() => change({ chosenKeys: {} })}>
          <Trans>Reset all</Trans>
        </Button>
      }
    >
      <Stack p="lg" gap="lg" maw={760}>
        <Switch
          label={t`Letters without a modifier`}
          description={t`G then C, J, K, /, ? and the like. Switched off, only combinations with Ctrl or ⌘ work. They never work while you type.`}
          checked={hasLetterKeys}
          onChange={(event) => change({ hasLetterKeys: event.currentTarget.checked })}
        />
        <ActionTable />
        <Text size="sm" c="dimmed">
          <Trans>Actions of a page appear here once the page was open in this window.</Trans>
        </Text>
      </Stack>
    </DetailPage>
  );
}

function ActionTable(): JSX.Element {
  const { t } = useLingui();
  const actions = useKnownActions();
  const rows = useMemo(() => actions.filter(({ id }, index) => actions.findIndex((one) => one.id === id) === index), [actions]);
  return (
    <Table aria-label={t`Shortcuts`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Action</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>Keys</Trans>
          </Table.Th>
          <Table.Th w={220}>
            <VisuallyHidden>
              <Trans>Change</Trans>
            </VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((action) => (
          <ActionRow key={action.id} action={action} actions={rows} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ActionRow({ action, actions }: { readonly action: Action; readonly actions: readonly Action[] }): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const { chosenKeys, change } = usePreferences();
  const [isRecording, setRecording] = useState(false);
  const keys = chosenKeysOf(action, chosenKeys);
  const label = _(action.label);
  const other = keys === '' ? null : usedBy(keys, { action, actions, chosenKeys });
  const choose = (wanted: string): void => {
    change({ chosenKeys: { ...chosenKeys, [action.id]: wanted } });
    setRecording(false);
  };
  const reset = (): void => {
    change({ chosenKeys: Object.fromEntries(Object.entries(chosenKeys).filter(([id]) => id !== action.id)) });
  };
  return (
    <Table.Tr>
      <Table.Td>
        {label}
        {other !== null && (
          <Text size="xs" c="var(--ink-amber)">
            {t`The same keys as “${_(other.label)}”: where both are there, the page’s own comes first.`}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {isRecording ? <KeyRecorder label={label} onDone={choose} onCancel={() => setRecording(false)} /> : <Keys keys={keys} />}
      </Table.Td>
      <Table.Td>
        {!isRecording && (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Button
              variant="subtle"
              size="compact-xs"
              mih={24}
              aria-label={t`Change the keys of ${label}`}
              onClick={() => setRecording(true)}
            >
              <Trans>Change</Trans>
            </Button>
            {keys !== '' && (
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                mih={24}
                aria-label={t`Clear the keys of ${label}`}
                onClick={() => choose('')}
              >
                <Trans>Clear</Trans>
              </Button>
            )}
            {action.id in chosenKeys && (
              <Button variant="subtle" color="gray" size="compact-xs" mih={24} aria-label={t`Reset the keys of ${label}`} onClick={reset}>
                <Trans>Reset</Trans>
              </Button>
            )}
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Keys({ keys }: { readonly keys: string }): JSX.Element {
  if (keys === '') return <Nothing />;
  return (
    <Group gap={4}>
      {spellKeys(keys).map((key, index) => (
        <Kbd key={index} size="xs">
          {key}
        </Kbd>
      ))}
    </Group>
  );
}
