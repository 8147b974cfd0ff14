import { Trans, useLingui } from '@lingui/react/macro';
import { AppShell, useMantineColorScheme } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, type JSX } from 'react';
import { registerActions } from '../actions.ts';
import { usePreferences } from '../state/preferences.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { useFocusOnNavigation } from './focus-on-navigation.ts';
import { globalActions } from './global-actions.ts';
import { keepFocus } from './kept-focus.ts';
import { palette } from './palette-store.ts';
import { Palette } from './palette.tsx';
import { useRememberPages } from './recent-pages.ts';
import classes from './shell.module.css';
import { listenForShortcuts } from './shortcut-keys.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { useDesktop } from './use-desktop.ts';
import { useNoticesOfAttention } from './use-notices.ts';

const NARROW_WINDOW = '(max-width: 1100px)';

/** Sidebar, content and status bar around every page. Rule: ui.md § 2. */
export function Shell(): JSX.Element {
  const { t } = useLingui();
  const { density, textScale, isSidebarNarrow } = usePreferences();
  const isNarrow = useMediaQuery(NARROW_WINDOW) || isSidebarNarrow;
  const [areShortcutsOpen, shortcuts] = useDisclosure(false);
  useGlobalActions(shortcuts.open);
  useFocusOnNavigation();
  useEffect(keepFocus, []);
  useRememberPages();
  useDesktop();
  useNoticesOfAttention();
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
    document.documentElement.style.setProperty('--text-scale', String(textScale));
  }, [density, textScale]);
  return (
    <AppShell navbar={{ width: isNarrow ? 56 : 216, breakpoint: 0 }} footer={{ height: 28 }} padding={0} transitionDuration={0}>
      <a href="#content" className={classes['skip']}>
        <Trans>Skip to content</Trans>
      </a>
      <AppShell.Navbar aria-label={t`Main navigation`} className={classes['navbar'] ?? ''}>
        <Sidebar isNarrow={isNarrow} />
      </AppShell.Navbar>
      <AppShell.Main id="content" className={classes['main'] ?? ''}>
        <ConnectionBanner />
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer className={classes['footer'] ?? ''}>
        <StatusBar />
      </AppShell.Footer>
      <Palette />
      <ShortcutSheet opened={areShortcutsOpen} onClose={shortcuts.close} />
    </AppShell>
  );
}

function useGlobalActions(openShortcuts: () => void): void {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    registerActions(globalActions({ go: (to) => void navigate({ to }), openPalette: () => palette.open(), openShortcuts, setColorScheme }));
    return listenForShortcuts();
  }, []);
}
