import { useLingui as useI18n } from '@lingui/react';
import { ScrollArea, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { usePreferences } from '../state/preferences.ts';
import { actionIdOf, NAVIGATION, type NavigationEntry } from './navigation.ts';
import { NavigationMark } from './navigation-mark.tsx';
import { OrganizationMenu } from './organization-menu.tsx';
import classes from './shell.module.css';
import { keysOf, spellKeys } from './shortcut-keys.ts';

/** The organization's menu and every area of the app. */
export function Sidebar({ isNarrow }: { readonly isNarrow: boolean }): JSX.Element {
  const { _ } = useI18n();
  return (
    <>
      <OrganizationMenu isNarrow={isNarrow} />
      <ScrollArea style={{ flex: 1 }} type="auto">
        {NAVIGATION.map(({ id, label, entries }) => (
          <div key={id}>
            {label !== null && !isNarrow && (
              <div className={classes['section']} id={`section-${id}`}>
                {_(label)}
              </div>
            )}
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} isNarrow={isNarrow} />
            ))}
          </div>
        ))}
      </ScrollArea>
    </>
  );
}

function Entry({ entry, isNarrow }: { readonly entry: NavigationEntry; readonly isNarrow: boolean }): JSX.Element {
  const { _ } = useI18n();
  const preferences = usePreferences();
  const keys = keysOf({ id: actionIdOf(entry), keys: entry.keys }, preferences);
  const label = _(entry.label);
  const area = `/${entry.to.split('/')[1] ?? ''}`;
  return (
    <Tooltip label={label} position="right" disabled={!isNarrow}>
      <Link
        to={entry.to}
        className={classes['entry'] ?? ''}
        activeOptions={{ exact: entry.to === '/', includeSearch: false }}
        data-area={area}
        activeProps={{ 'data-active': true, 'aria-current': 'page' } as object}
        aria-label={isNarrow ? label : undefined}
      >
        <entry.icon size={16} stroke={1.7} aria-hidden />
        {!isNarrow && <span>{label}</span>}
        {entry.mark !== undefined && <NavigationMark mark={entry.mark} />}
        {!isNarrow && keys !== null && (
          <span className={classes['keys']} aria-hidden>
            {spellKeys(keys).join(' ')}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
