import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the shell asked of Electron, for a test to look at. */
export interface Asked {
  readonly userData: string;
  readonly windows: FakeWindow[];
  readonly forks: FakeUtilityProcess[];
  readonly channels: Map<string, (event: unknown, command: unknown) => unknown>;
  readonly schemes: Map<string, (request: Request) => Promise<Response>>;
  readonly privileged: unknown[];
  readonly notifications: { readonly title: string; readonly body: string }[];
  readonly openedOutside: string[];
  readonly errorBoxes: string[];
  readonly exits: number[];
  readonly loginItems: unknown[];
  permissionRequest: ((contents: unknown, permission: string, answer: (isGranted: boolean) => void) => void) | null;
  permissionCheck: ((contents: unknown, permission: string) => boolean) | null;
  devicePermission: (() => boolean) | null;
  menu: readonly MenuItem[];
  trayMenu: readonly MenuItem[];
  trayTitle: string;
  /** The button that dialogs are answered with. */
  answerButton: number;
  savePath: string;
}

export interface MenuItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly checked?: boolean;
  readonly click?: () => void;
  readonly submenu?: readonly MenuItem[];
}

export class FakeContents extends EventEmitter {
  readonly sent: unknown[] = [];
  readonly mainFrame = { url: 'app://meterbook/' };
  openHandler: ((details: { readonly url: string }) => unknown) | null = null;
  readonly drags: unknown[] = [];

  setWindowOpenHandler(handler: (details: { readonly url: string }) => unknown): void {
    this.openHandler = handler;
  }

  send(channel: string, command: unknown): void {
    this.sent.push([channel, command]);
  }

  startDrag(item: unknown): void {
    this.drags.push(item);
  }
}

export class FakeWindow extends EventEmitter {
  static asked: Asked;
  readonly webContents = new FakeContents();
  readonly options: Readonly<Record<string, unknown>>;
  url = '';
  isShown = false;

  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    FakeWindow.asked.windows.push(this);
  }

  static getFocusedWindow(): FakeWindow | null {
    return FakeWindow.asked.windows.at(-1) ?? null;
  }

  static fromWebContents(contents: FakeContents): FakeWindow | null {
    return FakeWindow.asked.windows.find((window) => window.webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }

  show(): void {
    this.isShown = true;
  }

  focus(): void {
    this.isShown = true;
  }

  isMinimized(): boolean {
    return false;
  }

  /** As its user closes it. */
  close(): void {
    const { windows } = FakeWindow.asked;
    windows.splice(windows.indexOf(this), 1);
    this.emit('closed');
  }
}

export class FakeUtilityProcess extends EventEmitter {
  readonly told: unknown[] = [];
  readonly file: string;

  constructor(file: string) {
    super();
    this.file = file;
  }

  postMessage(message: unknown): void {
    this.told.push(message);
    if ((message as { readonly type: string }).type === 'stop') this.emit('exit', 0);
  }

  kill(): boolean {
    this.emit('exit', 137);
    return true;
  }
}

/** A module in the place of `electron`, and what was asked of it. */
export function fakeElectron(): { readonly module: Record<string, unknown>; readonly asked: Asked } {
  const asked: Asked = {
    userData: mkdtempSync(join(tmpdir(), 'meterbook-desktop-')),
    windows: [],
    forks: [],
    channels: new Map(),
    schemes: new Map(),
    privileged: [],
    notifications: [],
    openedOutside: [],
    errorBoxes: [],
    exits: [],
    loginItems: [],
    permissionRequest: null,
    permissionCheck: null,
    devicePermission: null,
    menu: [],
    trayMenu: [],
    trayTitle: '',
    answerButton: 0,
    savePath: '',
  };
  FakeWindow.asked = asked;
  return { asked, module: moduleOf(asked) };
}

function moduleOf(asked: Asked): Record<string, unknown> {
  return {
    app: {
      getPath: () => asked.userData,
      exit: (code: number) => asked.exits.push(code),
      quit: () => asked.exits.push(0),
      setLoginItemSettings: (item: unknown) => asked.loginItems.push(item),
    },
    BrowserWindow: FakeWindow,
    Menu: {
      buildFromTemplate: (template: readonly MenuItem[]) => template,
      setApplicationMenu: (menu: readonly MenuItem[]) => (asked.menu = menu),
    },
    Tray: class {
      on(): void {
        return undefined;
      }
      setToolTip(title: string): void {
        asked.trayTitle = title;
      }
      setContextMenu(menu: readonly MenuItem[]): void {
        asked.trayMenu = menu;
      }
      destroy(): void {
        asked.trayTitle = '';
      }
    },
    Notification: class extends EventEmitter {
      static isSupported = (): boolean => true;
      readonly notice: { readonly title: string; readonly body: string };
      constructor(notice: { readonly title: string; readonly body: string }) {
        super();
        this.notice = notice;
      }
      show(): void {
        asked.notifications.push(this.notice);
      }
    },
    clipboard: { writeText: () => Promise.resolve() },
    dialog: {
      showMessageBox: () => Promise.resolve({ response: asked.answerButton }),
      showErrorBox: (title: string, text: string) => asked.errorBoxes.push(`${title}: ${text}`),
      showSaveDialog: () => Promise.resolve({ canceled: asked.savePath === '', filePath: asked.savePath }),
      showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
    },
    ipcMain: { handle: (channel: string, answer: (event: unknown, command: unknown) => unknown) => asked.channels.set(channel, answer) },
    nativeImage: { createFromPath: (path: string) => path },
    nativeTheme: { shouldUseDarkColors: false, themeSource: 'system' },
    net: { fetch: (address: string, init: RequestInit) => fetch(address, init) },
    powerMonitor: new EventEmitter(),
    protocol: {
      handle: (scheme: string, answer: (request: Request) => Promise<Response>) => asked.schemes.set(scheme, answer),
      registerSchemesAsPrivileged: (schemes: readonly unknown[]) => asked.privileged.push(...schemes),
    },
    safeStorage: { isAsyncEncryptionAvailable: () => Promise.resolve(false), getSelectedStorageBackend: () => 'basic_text' },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: Asked['permissionRequest']) => (asked.permissionRequest = handler),
        setPermissionCheckHandler: (handler: Asked['permissionCheck']) => (asked.permissionCheck = handler),
        setDevicePermissionHandler: (handler: Asked['devicePermission']) => (asked.devicePermission = handler),
      },
    },
    shell: {
      openExternal: (url: string) => {
        asked.openedOutside.push(url);
        return Promise.resolve();
      },
      openPath: (path: string) => {
        asked.openedOutside.push(path);
        return Promise.resolve('');
      },
      showItemInFolder: (path: string) => asked.openedOutside.push(path),
    },
    utilityProcess: {
      fork: (file: string) => {
        const fork = new FakeUtilityProcess(file);
        asked.forks.push(fork);
        return fork;
      },
    },
  };
}
