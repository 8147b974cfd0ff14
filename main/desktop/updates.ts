import { formatInstant, type Instant } from '../../shared/dates.ts';
import type { UpdateCommand, UpdateState, WindowCommand } from '../../shared/desktop-bridge.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import type { DesktopSettings } from './desktop-settings.ts';
import { failureSentence, mayCheck, mayDownload, nextCheckMs, notesText, type FoundUpdate, type UpdateWork } from './policy/updates.ts';

/** Where new versions come from. */
export interface ReleaseFeed {
  /** Null when this version is the newest. */
  find(): Promise<FoundUpdate | null>;
  /** Fetches what was found last and checks it. When the app quits it is installed. */
  fetch(onPercent: (percent: number) => void): Promise<void>;
}

export interface UpdatesParts {
  /** Null in a build that was given no feed. */
  readonly openFeed: () => Promise<ReleaseFeed | null>;
  readonly settings: Pick<DesktopSettings, 'state' | 'change'>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly tell: (command: Extract<WindowCommand, { type: 'update' }>) => void;
}

/** Looks for new versions once a day, fetches one when asked to, and has it installed when the app quits. Rule: ui.md § 5 "Update". */
export class Updates {
  readonly #parts: UpdatesParts;
  #feed: ReleaseFeed | null = null;
  #state: UpdateState = { kind: 'off' };
  #checkedAt: Instant | null = null;
  #takeBack: (() => void) | null = null;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
  }

  /** Call it once. */
  start(): void {
    void this.#open();
  }

  /** Its answer is the state after the first step: a check or a download that goes on tells the windows when it is done. */
  async run({ what }: UpdateCommand): Promise<UpdateState> {
    switch (what) {
      case 'state':
        break;
      case 'check':
        await this.#check();
        break;
      case 'download':
      case 'install_on_quit':
        // Installing is what quitting does with a download; without one it comes first.
        void this.#download();
        break;
      case 'switch_on':
      case 'switch_off':
        this.#switch(what === 'switch_on');
        break;
    }
    return this.#state;
  }

  async #open(): Promise<void> {
    this.#feed = await this.#parts.openFeed().catch(() => null);
    if (this.#feed === null) return;
    this.#become(this.#idle());
    this.#plan();
  }

  #idle(): UpdateState {
    return {
      kind: 'idle',
      checkedAt: this.#checkedAt === null ? null : formatInstant(this.#checkedAt),
      isDaily: this.#parts.settings.state.checksForUpdates,
    };
  }

  #switch(isDaily: boolean): void {
    this.#parts.settings.change({ checksForUpdates: isDaily });
    if (this.#state.kind === 'idle') this.#become(this.#idle());
    this.#plan();
  }

  /** One look is planned at a time. */
  #plan(): void {
    this.#takeBack?.();
    this.#takeBack = null;
    if (this.#feed === null) return;
    const waitMs = nextCheckMs({ isDaily: this.#parts.settings.state.checksForUpdates, hasChecked: this.#checkedAt !== null });
    if (waitMs !== null) this.#takeBack = this.#parts.timer.after(waitMs, () => void this.#check().then(() => this.#plan()));
  }

  async #check(): Promise<void> {
    if (this.#feed === null || !mayCheck(this.#state)) return;
    const before = this.#state;
    this.#become({ kind: 'checking' });
    try {
      const found = await this.#feed.find();
      this.#checkedAt = this.#parts.clock.now();
      this.#become(found === null ? this.#idle() : { kind: 'available', version: found.version, notes: notesText(found.releaseNotes) });
    } catch (error) {
      this.#checkedAt = this.#parts.clock.now();
      // A version that was already found is still there.
      this.#become(before.kind === 'available' ? before : failed('check', error));
    }
  }

  async #download(): Promise<void> {
    if (this.#feed === null || !mayDownload(this.#state)) return;
    const { version, notes } = this.#state;
    this.#become({ kind: 'downloading', version, percent: 0 });
    try {
      await this.#feed.fetch((percent) => this.#progress(version, Math.floor(percent)));
      this.#become({ kind: 'ready', version, notes });
    } catch (error) {
      this.#become(failed('download', error));
    }
  }

  /** Whole percents only: a window needs no more. */
  #progress(version: string, percent: number): void {
    if (this.#state.kind !== 'downloading' || percent <= this.#state.percent) return;
    this.#become({ kind: 'downloading', version, percent: Math.min(percent, 100) });
  }

  #become(state: UpdateState): void {
    this.#state = state;
    this.#parts.tell({ type: 'update', state });
  }
}

function failed(work: UpdateWork, error: unknown): UpdateState {
  return { kind: 'failed', sentence: failureSentence(work, error instanceof Error ? error.message : String(error)) };
}
