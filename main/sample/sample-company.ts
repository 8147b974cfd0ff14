import { notAllowed, ok, type Result } from '../../shared/result.ts';
import type { SampleAnswer, SampleProgress } from '../../shared/internal/sample.ts';
import { areBooksEmpty, documentFilesOf, emptyBooks } from '../database/empty-books.ts';
import type { ServiceContext } from '../service-context.ts';
import { runDueWork } from '../subscriptions/index.ts';
import { bumpDefinitionsVersion } from '../usage/index.ts';
import { readSetting, removeSetting, writeSetting } from '../workspace/index.ts';
import { History } from './history.ts';
import { HISTORY_DAYS, SampleDays } from './sample-days.ts';
import { openStage, type Stage } from './stage.ts';
import { becomeVendor, giveOrganizationBack, organizationToKeep, type KeptOrganization } from './vendor.ts';

/** Books of the same day and the same seed are the same. */
const SEED = 'meterbook sample 1';

/** What is noted of the sample in the workspace's settings. */
interface SampleNote {
  readonly state: 'loading' | 'loaded';
  /** What the vendor's words replaced; null where the owner had named the organization already. */
  readonly organization: KeptOrganization | null;
}

export interface SampleParts {
  readonly context: ServiceContext;
  /** Does work while nothing else of the engine falls due or is done by itself. */
  readonly alone: <T>(work: (isStopped: () => boolean) => Promise<T>) => Promise<T>;
  /** Called as loading goes on. */
  readonly progressed: () => void;
}

/** The books of a made-up company, to look at everything with. They are made by the real engine, day after day. Rule: ui.md § 4.13. */
export class SampleCompany {
  readonly #parts: SampleParts;
  #progress: SampleProgress | null = null;

  constructor(parts: SampleParts) {
    this.#parts = parts;
  }

  /** Before anything else runs: what a loading left that was cut off is taken out again. */
  async open(): Promise<void> {
    if ((await this.#readNote())?.state === 'loading') await this.#empty();
  }

  get progress(): SampleProgress | null {
    return this.#progress;
  }

  async state(): Promise<SampleAnswer> {
    const note = await this.#readNote();
    return {
      is_loaded: note?.state === 'loaded',
      can_load: note === null && areBooksEmpty(this.#parts.context.database.read),
      progress: this.#progress,
    };
  }

  /** Fills empty books up to the workspace's "now". Errors: 405 `workspace_is_not_empty`. */
  load(): Promise<Result<null>> {
    return this.#parts.alone(async (isStopped) => {
      const { context } = this.#parts;
      const begun = await this.#begin();
      if (!begun.ok) return begun;
      try {
        await this.#play(isStopped);
      } catch (error) {
        this.#tell(null);
        await this.#empty();
        throw error;
      }
      if (!isStopped()) await this.#note(context, { ...begun.value, state: 'loaded' });
      this.#tell(null);
      return ok(null);
    });
  }

  /** Takes the sample out again, with everything that was added to it. Errors: 405 `sample_is_not_loaded`. */
  remove(): Promise<Result<null>> {
    return this.#parts.alone(async () => {
      if ((await this.#readNote()) === null) return notAllowed('sample_is_not_loaded');
      await this.#empty();
      return ok(null);
    });
  }

  #begin(): Promise<Result<SampleNote>> {
    const { context } = this.#parts;
    return context.database.unitOfWork.write('begin the sample', async (tx) => {
      if (!areBooksEmpty(tx)) return notAllowed('workspace_is_not_empty');
      const note: SampleNote = { state: 'loading', organization: await organizationToKeep(context, tx) };
      await writeSetting(tx, 'sample', JSON.stringify(note));
      if (note.organization !== null) await becomeVendor(context, tx);
      return ok(note);
    });
  }

  async #play(isStopped: () => boolean): Promise<void> {
    const { context } = this.#parts;
    const days = new SampleDays(context.clock.now());
    const stage = openStage(context, { seed: SEED, from: days.at(0, '00:00') });
    try {
      const history = new History(stage, days, SEED);
      for (let day = 0; day <= HISTORY_DAYS && !isStopped(); day += 1) {
        this.#tell({ done: day, total: HISTORY_DAYS + 1 });
        await history.playDay(day);
      }
      if (!isStopped()) await this.#end(stage, days);
    } finally {
      await stage.ingestion.close();
    }
  }

  async #end(stage: Stage, days: SampleDays): Promise<void> {
    await stage.ingestion.keepUpRollups();
    await runDueWork(stage.context, days.now);
    // The engine's own way in remembers sums of its own.
    await stage.context.database.unitOfWork.write('renew what ingestion remembers', (tx) => {
      bumpDefinitionsVersion(tx);
    });
  }

  async #empty(): Promise<void> {
    const { context } = this.#parts;
    const note = await this.#readNote();
    const files = documentFilesOf(context.database.read);
    await context.database.unitOfWork.write('remove the sample', async (tx) => {
      emptyBooks(tx);
      if (note?.organization != null) await giveOrganizationBack(context, tx, note.organization);
      await removeSetting(tx, 'sample');
    });
    for (const file of files) await context.files?.remove(file);
  }

  async #note(context: ServiceContext, note: SampleNote): Promise<void> {
    await context.database.unitOfWork.write('end the sample', (tx) => writeSetting(tx, 'sample', JSON.stringify(note)));
  }

  async #readNote(): Promise<SampleNote | null> {
    const text = await readSetting(this.#parts.context.database.read, 'sample');
    return text === null ? null : (JSON.parse(text) as SampleNote);
  }

  #tell(progress: SampleProgress | null): void {
    this.#progress = progress;
    this.#parts.progressed();
  }
}
