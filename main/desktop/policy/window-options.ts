import type { BrowserWindowConstructorOptions } from 'electron';

export const LEAST_WIDTH = 720;
export const LEAST_HEIGHT = 480;

/** How every window is made. Rule: reliability-and-security.md § 6 "Window". */
export function windowOptions(parts: {
  readonly name: string;
  readonly preload: string;
  readonly isDark: boolean;
}): BrowserWindowConstructorOptions {
  return {
    name: parts.name,
    // Electron keeps bounds and state by the window's name.
    windowStatePersistence: true,
    width: 1360,
    height: 860,
    minWidth: LEAST_WIDTH,
    minHeight: LEAST_HEIGHT,
    show: false,
    title: 'Meterbook',
    backgroundColor: parts.isDark ? '#16191f' : '#ffffff',
    webPreferences: {
      preload: parts.preload,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      experimentalFeatures: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // The embedded PDF viewer is one.
      plugins: true,
    },
  };
}
