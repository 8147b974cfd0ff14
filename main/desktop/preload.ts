// Runs in each window before its page, in Electron's sandbox: the one thing that a page can reach of the desktop.
import { contextBridge, ipcRenderer } from 'electron';
import type { ChannelName, DesktopBridge, WindowCommand } from '../../shared/desktop-bridge.ts';

/** Hands over the answer, never the event or `ipcRenderer`. */
function ask<Answer>(channel: ChannelName): (command: unknown) => Promise<Answer> {
  return (command) => ipcRenderer.invoke(channel, command) as Promise<Answer>;
}

const bridge: DesktopBridge = {
  platform: process.platform,
  files: ask('files'),
  menus: ask('menus'),
  notices: ask('notices'),
  workspaces: ask('workspaces'),
  updates: ask('updates'),
  onCommand: (listener) => {
    const hear = (_event: unknown, command: WindowCommand): void => {
      listener(command);
    };
    ipcRenderer.on('commands', hear);
    return () => {
      ipcRenderer.off('commands', hear);
    };
  },
};

contextBridge.exposeInMainWorld('meterbook', bridge);
