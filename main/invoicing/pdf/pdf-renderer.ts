import { assert } from '../../../shared/assert.ts';
import type { DocumentSnapshot } from './document-snapshot.ts';
import { fontsFolder as installedFontsFolder } from './fonts-folder.ts';
import { startRenderThread, type RenderThread } from './render-thread.ts';

export interface PdfRendererOptions {
  /** Where the font packages' files lie, each in its package's folder. Default: where they are, built or not. */
  readonly fontsFolder?: string;
  /** Default: the worker beside this file, built or not. */
  readonly workerFile?: URL;
  /** Documents made at the same time; each thread holds over 100 MB while it lives. */
  readonly threads?: number;
  /** A thread without work for so long is ended. */
  readonly idleMs?: number;
  /** A document that takes longer fails, and its thread with it. */
  readonly jobLimitMs?: number;
  readonly onThreadEnd?: () => void;
}

export interface PdfRenderer {
  /** The document's bytes; the same for the same snapshot and logo. Rejects when it cannot be made: that job alone has failed. */
  readonly renderDocument: (snapshot: DocumentSnapshot, logoFile?: Uint8Array | null) => Promise<Uint8Array>;
  /** Ends all threads; documents not yet made are rejected. */
  readonly close: () => Promise<void>;
  readonly liveThreads: () => number;
}

interface QueuedDocument {
  readonly snapshot: DocumentSnapshot;
  readonly logoFile: Uint8Array | null;
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

// The built app is one folder: the worker's file lies beside whatever chunk holds this module.
const DEFAULT_WORKER_FILE = new URL(import.meta.url.endsWith('.ts') ? 'pdf-worker.ts' : 'pdf-worker.js', import.meta.url);

const DEFAULT_THREADS = 1;
const DEFAULT_IDLE_MS = 30_000;
const DEFAULT_JOB_LIMIT_MS = 60_000;

/** A pool of threads that make documents outside the engine's own thread: started on demand, ended when idle. */
export function createPdfRenderer(options: PdfRendererOptions = {}): PdfRenderer {
  const { threads: mostThreads = DEFAULT_THREADS, workerFile = DEFAULT_WORKER_FILE, fontsFolder = installedFontsFolder() } = options;
  const limits = { idleMs: options.idleMs ?? DEFAULT_IDLE_MS, jobLimitMs: options.jobLimitMs ?? DEFAULT_JOB_LIMIT_MS };
  assert(mostThreads >= 1, 'a renderer has a thread');
  const threads = new Set<RenderThread>();
  const queue: QueuedDocument[] = [];
  let isClosed = false;

  function startWork(): void {
    while (queue.length > 0) {
      const thread = [...threads].find((candidate) => candidate.isFree()) ?? (threads.size < mostThreads ? startThread() : undefined);
      if (thread === undefined) return;
      const document = queue.shift();
      assert(document !== undefined, 'the queue was not empty');
      const { snapshot, logoFile, resolve, reject } = document;
      void thread.render({ snapshot, logoFile, fontsFolder }).then(resolve, reject).finally(startWork);
    }
  }

  function startThread(): RenderThread {
    const thread = startRenderThread(workerFile, limits, () => {
      threads.delete(thread);
      options.onThreadEnd?.();
      startWork();
    });
    threads.add(thread);
    return thread;
  }

  return {
    renderDocument: (snapshot, logoFile = null) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('the PDF renderer is closed'));
        queue.push({ snapshot, logoFile, resolve, reject });
        startWork();
      }),
    close: async () => {
      isClosed = true;
      for (const { reject } of queue.splice(0)) reject(new Error('the PDF renderer was closed'));
      await Promise.all([...threads].map((thread) => thread.end()));
    },
    liveThreads: () => threads.size,
  };
}
