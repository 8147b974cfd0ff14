import { useLingui as useI18n } from '@lingui/react';
import { useLingui } from '@lingui/react/macro';
import { Group, Kbd } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useActions, type Action, type ActionGroup } from '../actions.ts';
import { usePreferences } from '../state/preferences.ts';
import { paletteStore } from './palette-store.ts';
import { SearchResults } from './search-results.tsx';
import { keysOf, spellKeys } from './shortcut-keys.ts';

const GROUPS: readonly ActionGroup[] = ['page', 'create', 'go', 'view', 'help'];

/** Everything by name: what can be done here, where one can go, and what the server finds. Rule: ui.md § 3 "Command palette". */
export function Palette(): JSX.Element {
  const { t } = useLingui();
  const { _ } = useI18n();
  const [query, setQuery] = useState('');
  const actions = useActions();
  const wanted = query.trim().toLowerCase();
  const found = actions.filter(({ label }) => _(label).toLowerCase().includes(wanted));
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
      clearQueryOnClose
      transitionProps={{ duration: 80 }}
      attributes={{ content: { 'aria-label': t`Command palette` } }}
    >
      <Spotlight.Search
        placeholder={t`Search or type a command`}
        aria-label={t`Search or type a command`}
        leftSection={<IconSearch size={16} />}
      />
      <Spotlight.ActionsList>
        <SearchResults query={query.trim()} hasActions={found.length > 0} />
        {GROUPS.map((group) => (
          <Actions key={group} group={group} actions={found.filter((action) => action.group === group)} />
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Actions({ group, actions }: { readonly group: ActionGroup; readonly actions: readonly Action[] }): JSX.Element | null {
  const { t } = useLingui();
  const { _ } = useI18n();
  const preferences = usePreferences();
  const titles: Readonly<Record<ActionGroup, string>> = {
    page: t`This page`,
    create: t`Create`,
    go: t`Go to`,
    view: t`View`,
    help: t`Help`,
  };
  if (actions.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={titles[group]}>
      {actions.map((action) => {
        const keys = keysOf(action, preferences);
        return (
          <Spotlight.Action
            key={action.id}
            label={_(action.label)}
            onClick={action.run}
            rightSection={
              keys === null ? null : (
                <Group gap={4} wrap="nowrap" aria-hidden>
                  {spellKeys(keys).map((key, index) => (
                    <Kbd key={index} size="xs">
                      {key}
                    </Kbd>
                  ))}
                </Group>
              )
            }
          />
        );
      })}
    </Spotlight.ActionsGroup>
  );
}
