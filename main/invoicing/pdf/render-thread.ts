import { Worker } from 'node:worker_threads';
import { assert } from '../../../shared/assert.ts';
import type { RenderAnswer, RenderJob } from './render-messages.ts';

export interface RenderThread {
  readonly isFree: () => boolean;
  /** One document at a time. */
  readonly render: (job: Omit<RenderJob, 'id'>) => Promise<Uint8Array>;
  readonly end: () => Promise<void>;
}

export interface ThreadLimits {
  readonly idleMs: number;
  readonly jobLimitMs: number;
}

interface RunningJob {
  readonly id: number;
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** An invoice of ten thousand lines fits; beyond it the thread ends instead of the whole program. */
const HEAP_LIMIT_MB = 1024;

/** Starts the worker file in a thread. It ends itself after `idleMs` without work; `onEnd` is called once, however it ended. */
export function startRenderThread(workerFile: URL, limits: ThreadLimits, onEnd: () => void): RenderThread {
  const worker = new Worker(workerFile, {
    // Nothing of the program's own environment is needed in there, and none of its start options.
    env: { NODE_ENV: 'production' },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB },
  });
  // A thread at rest does not keep the program alive; while it works, the job's own timer does.
  worker.unref();
  let running: RunningJob | null = null;
  let lastId = 0;
  let isEnding = false;
  let failure: Error | null = null;
  let timer = setTimer(limits.idleMs, () => void end(), 'unref');

  worker.on('message', (answer: RenderAnswer) => {
    if (running?.id !== answer.id) return;
    const job = finishJob();
    if (answer.ok) job.resolve(answer.pdf);
    else job.reject(new Error(`the document could not be made: ${answer.message}`));
  });
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  worker.on('exit', () => {
    isEnding = true;
    if (running !== null) finishJob().reject(new Error('the PDF thread ended before the document was made', { cause: failure }));
    clearTimeout(timer);
    onEnd();
  });

  function finishJob(): RunningJob {
    assert(running !== null, 'a job is running');
    const job = running;
    running = null;
    clearTimeout(timer);
    if (!isEnding) timer = setTimer(limits.idleMs, () => void end(), 'unref');
    return job;
  }

  async function end(): Promise<void> {
    isEnding = true;
    await worker.terminate();
  }

  function render(job: Omit<RenderJob, 'id'>): Promise<Uint8Array> {
    assert(running === null && !isEnding, 'work is given to a free thread');
    lastId += 1;
    const id = lastId;
    clearTimeout(timer);
    timer = setTimer(limits.jobLimitMs, () => void end(), 'keep alive');
    return new Promise((resolve, reject) => {
      running = { id, resolve, reject };
      worker.postMessage({ ...job, id } satisfies RenderJob);
    });
  }

  return { isFree: () => running === null && !isEnding, render, end };
}

function setTimer(delayMs: number, run: () => void, life: 'keep alive' | 'unref'): NodeJS.Timeout {
  const timer = setTimeout(run, delayMs);
  if (life === 'unref') timer.unref();
  return timer;
}
