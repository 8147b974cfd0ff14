import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { app, dialog } from 'electron';
import type { WorkspaceCommand, WorkspacesAnswer } from '../../shared/desktop-bridge.ts';
import { workspacePaths } from '../engine.ts';
import { dataFolder } from '../headless/data-folder.ts';
import type { DesktopSettings, RecentWorkspace } from './desktop-settings.ts';
import type { EngineProcess } from './engine-process.ts';
import { workspaceOfFile, writeWorkspaceFile } from './workspace-file.ts';

export interface WorkspacesParts {
  readonly engine: EngineProcess;
  readonly settings: DesktopSettings;
  /** Copies the open books into a sandbox of their own; answers its folder, or null when none could be made. */
  readonly duplicate: () => Promise<string | null>;
}

/** Which books are open: one folder each. Rule: ui.md § 2 "Organization menu". */
export class Workspaces {
  readonly #parts: WorkspacesParts;

  constructor(parts: WorkspacesParts) {
    this.#parts = parts;
  }

  /** The one whose file was opened, else that of the last time, else the user's own. */
  openFirst(file: string | null): void {
    const { open, port } = this.#parts.settings.state;
    const wanted = file === null ? null : workspaceOfFile(file);
    if (wanted !== null) {
      this.#parts.engine.start({ ...wanted, port });
      return;
    }
    const folder = dataFolder({ asked: undefined, isSandbox: false, environment: process.env, platform: process.platform });
    const first = open !== null && existsSync(open.folder) ? open : { folder, name: 'Meterbook', isSandbox: false };
    this.#parts.engine.start({ folder: first.folder, isSandbox: first.isSandbox, port });
  }

  async run(command: WorkspaceCommand): Promise<WorkspacesAnswer> {
    switch (command.what) {
      case 'list':
        return this.#answer(null);
      case 'settings':
        return this.#changeSettings(command.changes);
      case 'open':
        return this.#open(command.folder);
      case 'new':
        return this.#create();
      case 'duplicate':
        return this.#duplicate();
    }
  }

  /** The engine says whose books it has open: the list of recent ones shows that name. */
  named(name: string): void {
    const { workspace } = this.#parts.engine;
    if (workspace === null) return;
    this.#parts.settings.opened({ folder: workspace.folder, name, isSandbox: workspace.isSandbox });
    writeWorkspaceFile(workspace.folder, workspace.isSandbox);
  }

  /** A `.meterbook` file was opened; anything else is left alone. */
  async openFile(file: string): Promise<void> {
    const wanted = workspaceOfFile(file);
    if (wanted === null || wanted.folder === this.#parts.engine.workspace?.folder) return;
    if (existsSync(workspacePaths(wanted.folder).database)) await this.#switchTo({ ...wanted, name: basename(wanted.folder) });
  }

  async #open(asked: string | null): Promise<WorkspacesAnswer> {
    const folder = asked ?? (await chooseFolder('Open a workspace', ['openDirectory']));
    if (folder === null) return this.#answer(null);
    if (!existsSync(workspacePaths(folder).database)) {
      this.#parts.settings.forget(folder);
      return this.#answer(`There is no workspace in ${folder}.`);
    }
    const known = this.#parts.settings.state.recent.find((one) => one.folder === folder);
    return this.#switchTo(known ?? { folder, name: basename(folder), isSandbox: false });
  }

  async #create(): Promise<WorkspacesAnswer> {
    const folder = await chooseFolder('Choose an empty folder for the new workspace', ['openDirectory', 'createDirectory']);
    if (folder === null) return this.#answer(null);
    if (readdirSync(folder).length > 0) return this.#answer(`${folder} is not empty. A workspace needs a folder of its own.`);
    return this.#switchTo({ folder, name: basename(folder), isSandbox: false });
  }

  async #switchTo(wanted: RecentWorkspace): Promise<WorkspacesAnswer> {
    const { engine, settings } = this.#parts;
    await engine.stop();
    settings.opened(wanted);
    engine.start({ folder: wanted.folder, isSandbox: wanted.isSandbox, port: settings.state.port });
    return this.#answer(null);
  }

  async #duplicate(): Promise<WorkspacesAnswer> {
    const folder = await this.#parts.duplicate();
    if (folder === null)
      return this.#answer('The sandbox could not be made: the disk refused it, or its folder is taken. Your books are as they were.');
    return this.#switchTo({ folder, name: 'Sandbox', isSandbox: true });
  }

  async #changeSettings(changes: Extract<WorkspaceCommand, { readonly what: 'settings' }>['changes']): Promise<WorkspacesAnswer> {
    const { settings, engine } = this.#parts;
    const before = settings.state;
    settings.change(changes);
    if (changes.startsAtLogin !== undefined) app.setLoginItemSettings({ openAtLogin: changes.startsAtLogin, args: ['--hidden'] });
    const { workspace } = engine;
    if (changes.port !== undefined && changes.port !== before.port && workspace !== null) {
      await engine.stop();
      engine.start({ ...workspace, port: changes.port });
    }
    return this.#answer(null);
  }

  #answer(refusal: string | null): WorkspacesAnswer {
    const { engine, settings } = this.#parts;
    const { recent, keepsRunning, startsAtLogin, port } = settings.state;
    return { open: engine.workspace?.folder ?? null, recent, settings: { keepsRunning, startsAtLogin, port }, refusal };
  }
}

async function chooseFolder(title: string, properties: ('openDirectory' | 'createDirectory')[]): Promise<string | null> {
  const answer = await dialog.showOpenDialog({ title, properties });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
