import { useLingui } from '@lingui/react';
import { t } from '@lingui/core/macro';
import { useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { MenuAction, WindowCommand } from '../../shared/desktop-bridge.ts';
import { currentActions, useActions } from '../actions.ts';
import { desktopBridge } from '../bridge.ts';
import { useDesktopState } from '../state/desktop-state.ts';
import { usePreferences } from '../state/preferences.ts';
import { keysOf } from './shortcut-keys.ts';

const MINUTE_MS = 60_000;

/** What ties a desktop window to its shell: native menus from the registry, the theme, and what the shell tells. Nothing in a browser. */
export function useDesktop(): void {
  useNativeMenus();
  useNativeTheme();
  useShellCommands();
}

function useNativeMenus(): void {
  const { _ } = useLingui();
  const actions = useActions();
  const preferences = usePreferences();
  useEffect(() => {
    const shown: readonly MenuAction[] = actions.map((action) => ({
      id: action.id,
      label: _(action.label),
      group: action.group,
      keys: keysOf(action, preferences),
    }));
    void desktopBridge()?.menus({ what: 'show_actions', actions: [...shown] });
  }, [actions, preferences]);
}

function useNativeTheme(): void {
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => {
    void desktopBridge()?.menus({ what: 'theme', scheme: colorScheme });
  }, [colorScheme]);
}

function useShellCommands(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const run = (command: WindowCommand): void => {
      switch (command.type) {
        case 'run_action':
          currentActions()
            .find(({ id }) => id === command.id)
            ?.run();
          break;
        case 'go':
          void navigate({ href: command.route });
          break;
        case 'woke':
          tellOfSleep(command.sleptMs);
          break;
        case 'engine':
          useDesktopState.setState({ engine: command.state, sentence: command.sentence });
          break;
        case 'update':
          useDesktopState.setState({ update: command.state });
          break;
      }
    };
    return desktopBridge()?.onCommand(run);
  }, [navigate]);
}

function tellOfSleep(sleptMs: number): void {
  const minutes = Math.round(sleptMs / MINUTE_MS);
  notifications.show({
    message: t`The computer slept for ${minutes} minutes. No events were accepted meanwhile; what fell due has been billed with its right dates.`,
    autoClose: false,
  });
}
