import type { MenuItemConstructorOptions } from 'electron';
import type { MenuAction } from '../../shared/desktop-bridge.ts';

/** What the menu can do without a window. */
export interface MenuWays {
  readonly platform: NodeJS.Platform;
  readonly runAction: (id: string) => void;
  readonly newWindow: () => void;
  readonly newWorkspace: () => void;
  readonly openWorkspace: () => void;
  readonly openLogs: () => void;
  readonly checkForUpdates: () => void;
  readonly quit: () => void;
}

/** The native menu, from the window's own registry of actions. Rule: ui.md § 5 "Menus". */
export function menuTemplate(actions: readonly MenuAction[], ways: MenuWays): readonly MenuItemConstructorOptions[] {
  const isMac = ways.platform === 'darwin';
  const group = (name: MenuAction['group']): readonly MenuItemConstructorOptions[] =>
    actions.filter((action) => action.group === name).map((action) => itemOf(action, ways));
  const separator = (items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
    items.length === 0 ? [] : [{ type: 'separator' }, ...items];
  const appMenu: MenuItemConstructorOptions = {
    label: 'Meterbook',
    submenu: [
      { role: 'about' },
      { label: 'Check for updates…', click: ways.checkForUpdates },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { label: 'Quit Meterbook', accelerator: 'CmdOrCtrl+Q', click: ways.quit },
    ],
  };
  const file: readonly MenuItemConstructorOptions[] = [
    { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: ways.newWindow },
    { label: 'New workspace…', click: ways.newWorkspace },
    { label: 'Open workspace…', accelerator: 'CmdOrCtrl+O', click: ways.openWorkspace },
    ...separator(group('create')),
    { type: 'separator' },
    { role: 'close' },
    ...(isMac ? [] : [{ label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: ways.quit }]),
  ];
  const page = group('page');
  return [
    ...(isMac ? [appMenu] : []),
    { label: '&File', submenu: [...file] },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...group('view'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: '&Go', submenu: [...group('go')] },
    ...(page.length === 0 ? [] : [{ label: '&Page', submenu: [...page] }]),
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        ...group('help'),
        { label: 'Show logs', click: ways.openLogs },
        ...(isMac ? [] : [{ label: 'Check for updates…', click: ways.checkForUpdates }]),
      ],
    },
  ];
}

function itemOf(action: MenuAction, ways: MenuWays): MenuItemConstructorOptions {
  const accelerator = acceleratorOf(action.keys);
  return {
    id: action.id,
    label: action.label.replaceAll('&', '&&'),
    // Shown beside the item; the window itself listens for the keys, so that they are not done twice.
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      ways.runAction(action.id);
    },
  };
}

/** `mod+shift+k` as Electron writes it; null for letters alone, which a native menu must not take from a field. */
export function acceleratorOf(keys: string | null): string | null {
  if (keys === null || !keys.startsWith('mod+')) return null;
  const names: Readonly<Record<string, string>> = {
    mod: 'CmdOrCtrl',
    shift: 'Shift',
    alt: 'Alt',
    enter: 'Enter',
    space: 'Space',
    '+': 'Plus',
  };
  return keys
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join('+');
}
