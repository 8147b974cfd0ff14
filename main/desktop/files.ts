import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BrowserWindow, dialog, shell } from 'electron';
import type { FileCommand } from '../../shared/desktop-bridge.ts';
import type { Sender } from './channels.ts';
import type { DesktopSettings } from './desktop-settings.ts';
import { proposedFileName } from './policy/file-names.ts';

export interface FilesParts {
  /** Reads a path of the engine's, as a window would. */
  readonly read: (path: string) => Promise<Response>;
  readonly settings: DesktopSettings;
  /** For files that are opened or dragged: emptied at each start. */
  readonly cacheFolder: string;
  readonly dragIcon: string;
  readonly dataFolder: () => string | null;
}

/** Files out of the app: saved where its user says, opened, or dragged away. Rule: ui.md § 5 "Files". */
export class Files {
  readonly #parts: FilesParts;
  #lastSaved: string | null = null;

  constructor(parts: FilesParts) {
    this.#parts = parts;
  }

  async run(command: FileCommand, sender: Sender): Promise<boolean> {
    switch (command.what) {
      case 'save':
        return this.#save(command, sender);
      case 'open':
        return (await shell.openPath(await this.#cache(command))) === '';
      case 'drag':
        sender.startDrag({ file: await this.#cache(command), icon: this.#parts.dragIcon });
        return true;
      case 'reveal_last':
        if (this.#lastSaved === null) return false;
        shell.showItemInFolder(this.#lastSaved);
        return true;
      case 'open_data_folder': {
        const folder = this.#parts.dataFolder();
        return folder !== null && (await shell.openPath(folder)) === '';
      }
    }
  }

  async #save({ path, name }: { readonly path: string; readonly name: string }, sender: Sender): Promise<boolean> {
    const { settings } = this.#parts;
    const proposed = proposedFileName(name);
    const defaultPath = settings.state.saveFolder === null ? proposed : join(settings.state.saveFolder, proposed);
    const window = BrowserWindow.fromWebContents(sender);
    const answer = await (window === null ? dialog.showSaveDialog({ defaultPath }) : dialog.showSaveDialog(window, { defaultPath }));
    if (answer.canceled || answer.filePath === '') return false;
    await this.#write(path, answer.filePath);
    this.#lastSaved = answer.filePath;
    settings.change({ saveFolder: dirname(answer.filePath) });
    return true;
  }

  /** A file of its proposed name in a folder of ours: what is opened or dragged must exist. */
  async #cache({ path, name }: { readonly path: string; readonly name: string }): Promise<string> {
    await mkdir(this.#parts.cacheFolder, { recursive: true });
    const target = join(this.#parts.cacheFolder, basename(proposedFileName(name)));
    await this.#write(path, target);
    return target;
  }

  /** Whole, or not at all. */
  async #write(path: string, target: string): Promise<void> {
    const answer = await this.#parts.read(path);
    if (!answer.ok || answer.body === null) throw new Error(`the file could not be read: ${String(answer.status)}`);
    const unfinished = `${target}.part`;
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, target);
  }
}
