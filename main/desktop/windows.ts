import { BrowserWindow, nativeTheme, shell, type WebContents } from 'electron';
import { COMMANDS_CHANNEL, type WindowCommand } from '../../shared/desktop-bridge.ts';
import { APP_ORIGIN, isAllowedNavigation, safeExternalUrl } from './policy/addresses.ts';
import { windowOptions } from './policy/window-options.ts';

export interface WindowsParts {
  readonly preload: string;
  readonly onAllClosed: () => void;
  /** A window's page crashed: the engine goes on. */
  readonly onCrash: (window: BrowserWindow) => void;
}

/** Hands a web address to the system's browser: the only door to it. */
export async function openExternal(address: string): Promise<boolean> {
  const url = safeExternalUrl(address);
  if (url === null) return false;
  await shell.openExternal(url);
  return true;
}

/** The app's windows: all alike, each with its own history, kept equal by the engine's live messages. */
export class Windows {
  readonly #parts: WindowsParts;
  readonly #open = new Set<BrowserWindow>();
  #made = 0;

  constructor(parts: WindowsParts) {
    this.#parts = parts;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Opens a window on a route of ours. */
  open(route = '/'): BrowserWindow {
    this.#made += 1;
    const name = this.#open.size === 0 ? 'main' : `window-${String(this.#made)}`;
    const window = new BrowserWindow(windowOptions({ name, preload: this.#parts.preload, isDark: nativeTheme.shouldUseDarkColors }));
    this.#open.add(window);
    guard(window.webContents, (address) => this.open(address.slice(APP_ORIGIN.length)));
    window.once('ready-to-show', () => {
      window.show();
    });
    window.on('closed', () => {
      this.#open.delete(window);
      if (this.#open.size === 0) this.#parts.onAllClosed();
    });
    window.webContents.on('render-process-gone', () => {
      this.#parts.onCrash(window);
    });
    void window.loadURL(`${APP_ORIGIN}${route}`);
    return window;
  }

  /** Brings a window to the front, or opens one; with a route, leads it there. */
  show(route?: string): void {
    const window = BrowserWindow.getFocusedWindow() ?? [...this.#open].at(-1);
    if (window === undefined) {
      this.open(route);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (route !== undefined) this.tell({ type: 'go', route }, window);
  }

  /** Tells the window that is in front. */
  tellFront(command: WindowCommand): void {
    const window = BrowserWindow.getFocusedWindow() ?? [...this.#open].at(-1);
    if (window !== undefined) this.tell(command, window);
  }

  /** Tells one window, or all of them. */
  tell(command: WindowCommand, window?: BrowserWindow): void {
    for (const one of window === undefined ? this.#open : [window]) one.webContents.send(COMMANDS_CHANNEL, command);
  }
}

/** Nothing but our own pages, and no new windows. Web links go to the system's browser. Rule: reliability-and-security.md § 6 "Navigation". */
function guard(contents: WebContents, openOurs: (address: string) => void): void {
  const refuse = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isAllowedNavigation(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    // A window of ours is made by the app, never by the page.
    if (isAllowedNavigation(url)) openOurs(url);
    else void openExternal(url);
    return { action: 'deny' };
  });
}
