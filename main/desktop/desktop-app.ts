import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, Menu, nativeTheme, net, Notification, powerMonitor, protocol, session, shell, type BrowserWindow } from 'electron';
import { SESSION_HEADER } from '../../shared/internal/session.ts';
import { SCREEN_ROUTES } from '../../shared/screen-routes.ts';
import type { MenuAction, MenuCommand, NoticeCommand, WindowCommand } from '../../shared/desktop-bridge.ts';
import { RendererFiles } from '../headless/renderer-files.ts';
import { systemClock } from '../headless/system-clock.ts';
import { systemRandom } from '../headless/system-random.ts';
import { systemTimer } from '../headless/system-timer.ts';
import { workspacePaths } from '../engine.ts';
import { answerAppRequest } from './app-protocol.ts';
import { answerChannel, type Sender } from './channels.ts';
import { DesktopSettings } from './desktop-settings.ts';
import { DESKTOP_TOKEN_HEADER, type FromEngineHost } from './engine-messages.ts';
import { EngineProcess, type EngineState, type Keychain } from './engine-process.ts';
import { Files } from './files.ts';
import { forkHost } from './fork-host.ts';
import { chooseFromMenu } from './context-menu.ts';
import { menuTemplate } from './menu-template.ts';
import { NoticeGate } from './notices.ts';
import { APP_SCHEME, LINK_SCHEME, routeOfLink } from './policy/addresses.ts';
import { whenLastWindowCloses } from './policy/closing.ts';
import { isPermissionGranted } from './policy/permissions.ts';
import { SleepWatch } from './sleep-watch.ts';
import { readStartArguments } from './start-arguments.ts';
import { AppTray } from './tray.ts';
import { quitQuestion, type TrayFacts } from './tray-template.ts';
import { openReleaseFeed } from './release-feed.ts';
import { Updates } from './updates.ts';
import { Windows } from './windows.ts';
import { Workspaces } from './workspaces.ts';

/** Where the built parts lie. */
export interface DesktopFolders {
  /** `dist/main`: engine host, tray icon, drag icon. */
  readonly main: string;
  /** The bundled preload script. */
  readonly preload: string;
}

/** The desktop application: windows, menus, tray and the engine's process, put together. Rule: ui.md § 5. */
export class DesktopApp {
  readonly #folders: DesktopFolders;
  readonly #settings = new DesktopSettings(join(app.getPath('userData'), 'desktop.json'), process.platform);
  readonly #files = new RendererFiles();
  readonly #random = systemRandom(systemClock);
  readonly #notices = new NoticeGate(systemClock);
  readonly #sleep = new SleepWatch(systemClock);
  readonly #windows: Windows;
  readonly #engine: EngineProcess;
  readonly #workspaces: Workspaces;
  readonly #saved: Files;
  readonly #updates: Updates;
  #tray: AppTray | null = null;
  #actions: readonly MenuAction[] = [];
  #facts: TrayFacts = { engine: { kind: 'stopped' }, eventsPerSecond: 0, problems: 0, isPaused: false };
  #isQuitting = false;
  #hasStopped = false;

  constructor(folders: DesktopFolders, keychain: Keychain | null) {
    this.#folders = folders;
    this.#windows = new Windows({
      preload: folders.preload,
      onAllClosed: () => this.#lastWindowClosed(),
      onCrash: (window) => void this.#offerReload(window),
    });
    this.#engine = new EngineProcess({
      fork: () => forkHost(join(folders.main, 'engine-host.js')),
      clock: systemClock,
      timer: systemTimer,
      keychain,
      newToken: () => Buffer.from(this.#random.bytes(32)).toString('base64url'),
      onState: (state) => this.#engineBecame(state),
      onMessage: (message) => this.#hear(message),
    });
    this.#workspaces = new Workspaces({ engine: this.#engine, settings: this.#settings, duplicate: () => this.#duplicate() });
    this.#saved = new Files({
      read: (path) => this.#readEngine(path),
      settings: this.#settings,
      cacheFolder: join(app.getPath('userData'), 'opened-files'),
      dragIcon: join(folders.main, 'icons', 'document.png'),
      dataFolder: () => this.#engine.workspace?.folder ?? null,
    });
    this.#updates = new Updates({
      openFeed: () => openReleaseFeed(process.resourcesPath),
      settings: this.#settings,
      clock: systemClock,
      timer: systemTimer,
      tell: (command) => {
        this.#windows.tell(command);
      },
    });
  }

  /** Everything that has to stand before the first window. Call it once, when Electron is ready. */
  start(words: readonly string[]): void {
    rmSync(join(app.getPath('userData'), 'opened-files'), { recursive: true, force: true });
    this.#guardSession();
    this.#answerChannels();
    this.#watchPower();
    this.#tray = this.#openTray();
    this.#showMenu();
    const wishes = readStartArguments(words);
    this.#workspaces.openFirst(wishes.file);
    this.#updates.start();
    if (!wishes.isHidden || this.#tray === null)
      this.#windows.open(wishes.link === null ? '/' : (routeOfLink(wishes.link, SCREEN_ROUTES) ?? '/'));
  }

  /** Another start of the app hands over its words: its window comes to the front. */
  startedAgain(words: readonly string[]): void {
    const { link, file } = readStartArguments(words);
    if (file !== null) void this.#workspaces.openFile(file);
    this.openLink(link);
  }

  /** A deep link: it leads somewhere or nowhere, and does nothing else. */
  openLink(link: string | null): void {
    this.#windows.show(link === null ? undefined : (routeOfLink(link, SCREEN_ROUTES) ?? undefined));
  }

  /** Says what quitting stops, then ends the engine in order. */
  async quit(): Promise<void> {
    if (this.#isQuitting) return;
    const question = quitQuestion(this.#facts);
    if (question !== null) {
      const answer = await dialog.showMessageBox({ type: 'question', buttons: ['Quit', 'Cancel'], defaultId: 0, cancelId: 1, ...question });
      if (answer.response !== 0) return;
    }
    this.#isQuitting = true;
    await this.#engine.stop();
    this.#tray?.close();
    this.#hasStopped = true;
    app.quit();
  }

  /** Whether all is ended, so that the app may go. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  #guardSession(): void {
    const ours = session.defaultSession;
    ours.setPermissionRequestHandler((_contents, permission, answer) => {
      answer(isPermissionGranted(permission));
    });
    ours.setPermissionCheckHandler((_contents, permission) => isPermissionGranted(permission));
    ours.setDevicePermissionHandler(() => false);
    protocol.handle(APP_SCHEME, (request) =>
      answerAppRequest(request, {
        files: this.#files,
        engine: () => this.#engine.address,
        fetch: (address, init) => net.fetch(address, init),
        newNonce: () => Buffer.from(this.#random.bytes(16)).toString('base64'),
      }),
    );
  }

  #answerChannels(): void {
    answerChannel('files', (command, sender) => this.#saved.run(command, sender));
    answerChannel('menus', (command, sender) => this.#runMenuCommand(command, sender));
    answerChannel('notices', (command) => {
      this.#notify(command);
    });
    answerChannel('workspaces', (command) => this.#workspaces.run(command));
    answerChannel('updates', (command) => this.#updates.run(command));
  }

  #runMenuCommand(command: MenuCommand, sender: Sender): Promise<string | null> | null {
    switch (command.what) {
      case 'show_actions':
        this.#actions = command.actions;
        this.#showMenu();
        return null;
      case 'theme':
        nativeTheme.themeSource = command.scheme === 'auto' ? 'system' : command.scheme;
        return null;
      case 'context':
        return chooseFromMenu(command.items, sender);
    }
  }

  #showMenu(): void {
    const template = menuTemplate(this.#actions, {
      platform: process.platform,
      runAction: (id) => this.#tellFront({ type: 'run_action', id }),
      newWindow: () => this.#windows.open(),
      newWorkspace: () => void this.#workspaces.run({ what: 'new' }),
      openWorkspace: () => void this.#workspaces.run({ what: 'open', folder: null }),
      openLogs: () => void this.#openLogs(),
      checkForUpdates: () => this.#tellFront({ type: 'go', route: '/settings/server' }),
      quit: () => void this.quit(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate([...template]));
  }

  #tellFront(command: WindowCommand): void {
    if (this.#windows.count === 0) this.#windows.open();
    else this.#windows.tellFront(command);
  }

  async #openLogs(): Promise<void> {
    const { workspace } = this.#engine;
    if (workspace !== null) await shell.openPath(workspacePaths(workspace.folder).logs);
  }

  #lastWindowClosed(): void {
    const { keepsRunning, hasSaidThatItKeepsRunning } = this.#settings.state;
    const facts = { platform: process.platform, keepsRunning, hasTray: this.#tray !== null, isQuitting: this.#isQuitting };
    if (whenLastWindowCloses(facts) === 'quit') {
      void this.quit();
      return;
    }
    if (hasSaidThatItKeepsRunning || process.platform === 'darwin') return;
    this.#settings.change({ hasSaidThatItKeepsRunning: true });
    new Notification({
      title: 'Meterbook keeps running',
      body: 'Events are still taken in. Open it again, or quit it, at the icon beside the clock.',
    }).show();
  }

  async #offerReload(window: BrowserWindow): Promise<void> {
    const answer = await dialog.showMessageBox(window, {
      type: 'error',
      buttons: ['Reload', 'Close window'],
      message: 'This window has failed',
      detail: 'Billing and the API go on: they run in a process of their own.',
    });
    if (answer.response === 0) window.reload();
    else window.destroy();
  }

  #engineBecame(state: EngineState): void {
    this.#facts = { ...this.#facts, engine: state, ...(state.kind === 'running' ? {} : { eventsPerSecond: 0 }) };
    this.#tray?.show(this.#facts);
    this.#windows.tell({ type: 'engine', state: state.kind, sentence: state.kind === 'refused' ? state.sentence : null });
    if (state.kind === 'running') this.#workspaces.named(state.organizationName);
    if (state.kind === 'refused') dialog.showErrorBox('The workspace cannot be opened', state.sentence);
    if (state.kind === 'given_up')
      dialog.showErrorBox(
        'The billing engine keeps ending',
        'It was started again five times within ten minutes. Its log is in the data folder under logs. Events are not accepted.',
      );
  }

  #hear(message: FromEngineHost): void {
    if (message.type !== 'status') return;
    const { eventsPerSecond, problems } = message;
    if (eventsPerSecond === this.#facts.eventsPerSecond && problems === this.#facts.problems) return;
    this.#facts = { ...this.#facts, eventsPerSecond, problems };
    this.#tray?.show(this.#facts);
  }

  /** As a window of ours would read it. */
  #readEngine(path: string, init: RequestInit = {}): Promise<Response> {
    const { address } = this.#engine;
    if (address === null) throw new Error('the engine is not running');
    return net.fetch(`${address.url}${path}`, { ...init, headers: { [DESKTOP_TOKEN_HEADER]: address.token, [SESSION_HEADER]: '1' } });
  }

  async #duplicate(): Promise<string | null> {
    const answer = await this.#readEngine('/api/internal/workspaces/sandbox', { method: 'POST' });
    return answer.ok ? ((await answer.json()) as { readonly folder: string }).folder : null;
  }

  #notify(command: NoticeCommand): void {
    const { noticesOff } = this.#settings.state;
    if (!Notification.isSupported() || !this.#notices.admit(command, (kind) => noticesOff.includes(kind))) return;
    const notice = new Notification({ title: command.title, body: command.body });
    notice.on('click', () => {
      this.openLink(`${LINK_SCHEME}://open${command.route}`);
    });
    notice.show();
  }

  #watchPower(): void {
    powerMonitor.on('suspend', () => {
      this.#sleep.fallsAsleep();
    });
    powerMonitor.on('resume', () => {
      const sleptMs = this.#sleep.wakesUp();
      this.#engine.tell({ type: 'woke' });
      if (sleptMs !== null) this.#windows.tell({ type: 'woke', sleptMs });
    });
  }

  #openTray(): AppTray | null {
    try {
      return new AppTray(join(this.#folders.main, 'icons', 'tray.png'), {
        open: () => this.#windows.show(),
        openProblems: () => this.#windows.show('/events?verdict=problems'),
        setPaused: (isPaused) => {
          this.#engine.tell({ type: 'pause', isPaused });
          this.#facts = { ...this.#facts, isPaused };
          this.#tray?.show(this.#facts);
        },
        quit: () => void this.quit(),
      });
    } catch (error) {
      // No status area: closing the last window then quits.
      if (error instanceof Error) return null;
      throw error;
    }
  }
}
