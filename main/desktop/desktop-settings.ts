import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { NOTICE_KINDS } from '../../shared/desktop-bridge.ts';
import { keepsRunningAtFirst } from './policy/closing.ts';

const MAX_RECENT = 10;
const DEFAULT_PORT = 3000;

const workspace = z.object({ folder: z.string(), name: z.string(), isSandbox: z.boolean() });
export type RecentWorkspace = z.output<typeof workspace>;

const stored = z
  .object({
    keepsRunning: z.boolean(),
    startsAtLogin: z.boolean(),
    checksForUpdates: z.boolean(),
    hasSaidThatItKeepsRunning: z.boolean(),
    port: z.int().min(1).max(65_535),
    /** The workspace that was open last; null before the first. */
    open: workspace.nullable(),
    recent: z.array(workspace),
    /** Where files were saved last. */
    saveFolder: z.string().nullable(),
    noticesOff: z.array(z.enum(NOTICE_KINDS)),
  })
  .partial();

export type DesktopState = Readonly<Required<z.output<typeof stored>>>;

/** What this computer's user chose for the desktop app: beside the workspaces, never in one. */
export class DesktopSettings {
  readonly #file: string;
  #state: DesktopState;

  constructor(file: string, platform: NodeJS.Platform) {
    this.#file = file;
    this.#state = { ...firstState(platform), ...readState(file) };
  }

  get state(): DesktopState {
    return this.#state;
  }

  /** On disk when it returns. */
  change(changes: Partial<DesktopState>): void {
    this.#state = { ...this.#state, ...changes };
    mkdirSync(dirname(this.#file), { recursive: true });
    const unfinished = `${this.#file}.part`;
    writeFileSync(unfinished, `${JSON.stringify(this.#state, null, 2)}\n`, { mode: 0o600 });
    renameSync(unfinished, this.#file);
  }

  /** Remembers what was opened, newest first. */
  opened(opened: RecentWorkspace): void {
    const others = this.#state.recent.filter(({ folder }) => folder !== opened.folder);
    this.change({ open: opened, recent: [opened, ...others].slice(0, MAX_RECENT) });
  }

  /** A folder that is not there any more. */
  forget(folder: string): void {
    this.change({ recent: this.#state.recent.filter((one) => one.folder !== folder) });
  }
}

function firstState(platform: NodeJS.Platform): DesktopState {
  return {
    keepsRunning: keepsRunningAtFirst(platform),
    startsAtLogin: false,
    checksForUpdates: true,
    hasSaidThatItKeepsRunning: false,
    port: DEFAULT_PORT,
    open: null,
    recent: [],
    saveFolder: null,
    noticesOff: [],
  };
}

/** What cannot be read counts as never chosen: a damaged settings file must not keep the app from starting. */
function readState(file: string): Partial<DesktopState> {
  try {
    const checked = stored.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return checked.success ? checked.data : {};
  } catch (error) {
    const isUnreadable = error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT');
    if (isUnreadable) return {};
    throw error;
  }
}
