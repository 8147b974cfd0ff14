import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPdfRenderer, type PdfRenderer, type PdfRendererOptions } from '../../../main/invoicing/pdf/pdf-renderer.ts';
import { invoiceSnapshot } from '../../support/document-snapshots.ts';
import { renderBytes } from '../../support/rendered-document.ts';

// Most of these tests put a small thread of their own in the place of the real one: it answers as the job's number tells it.
const SCRIPTED_WORKER = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let jobs = 0;
    parentPort.on('message', ({ id, snapshot }) => {
      jobs += 1;
      if (snapshot.number === 'crash') throw new Error('the thread is gone');
      if (snapshot.number === 'fail') return parentPort.postMessage({ id, ok: false, message: 'no such font' });
      if (snapshot.number === 'hang') return;
      parentPort.postMessage({ id, ok: true, pdf: Uint8Array.of(jobs) });
    });
  `)}`,
);

let renderer: PdfRenderer | undefined;

afterEach(async () => {
  vi.useRealTimers();
  await renderer?.close();
});

function startRenderer(options: PdfRendererOptions): PdfRenderer {
  renderer = createPdfRenderer(options);
  return renderer;
}

function renderNumbered(number: string): Promise<Uint8Array> {
  if (renderer === undefined) throw new Error('no renderer was started');
  return renderer.renderDocument(invoiceSnapshot({ number }));
}

describe('the real thread', () => {
  it('makes the same bytes as the renderer itself, without a build', async () => {
    const pdf = await startRenderer({}).renderDocument(invoiceSnapshot());
    expect(Buffer.from(pdf).equals(Buffer.from(await renderBytes(invoiceSnapshot())))).toBe(true);
  }, 15_000);

  it('says why a document cannot be made, and makes the next one', async () => {
    const { renderDocument } = startRenderer({});
    await expect(renderDocument(invoiceSnapshot({ currency: 'XXX' }))).rejects.toThrow('currency XXX');
    expect((await renderDocument(invoiceSnapshot())).length).toBeGreaterThan(5_000);
  }, 15_000);
});

describe('threads', () => {
  it('are started on demand, and kept for the next document', async () => {
    const { liveThreads } = startRenderer({ workerFile: SCRIPTED_WORKER });
    expect(liveThreads()).toBe(0);
    expect(await renderNumbered('a')).toEqual(Uint8Array.of(1));
    expect(await renderNumbered('b')).toEqual(Uint8Array.of(2));
    expect(liveThreads()).toBe(1);
  });

  it('are as many as allowed, and no more', async () => {
    const { liveThreads } = startRenderer({ workerFile: SCRIPTED_WORKER, threads: 2 });
    const documents = ['a', 'b', 'c', 'd', 'e'].map(renderNumbered);
    expect(liveThreads()).toBe(2);
    expect((await Promise.all(documents)).length).toBe(5);
  });

  it('are ended after the idle time, and started again when needed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let markEnd: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (markEnd = resolve));
    const { liveThreads } = startRenderer({ workerFile: SCRIPTED_WORKER, idleMs: 30_000, onThreadEnd: () => markEnd() });
    await renderNumbered('a');
    vi.advanceTimersByTime(29_999);
    expect(await renderNumbered('b')).toEqual(Uint8Array.of(2));
    vi.advanceTimersByTime(30_000);
    await ended;
    expect(liveThreads()).toBe(0);
    expect(await renderNumbered('c')).toEqual(Uint8Array.of(1));
  });
});

describe('a failure', () => {
  it('of a document is the failure of that document alone', async () => {
    startRenderer({ workerFile: SCRIPTED_WORKER });
    const [failed, made] = await Promise.allSettled([renderNumbered('fail'), renderNumbered('a')]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'the document could not be made: no such font' } });
    expect(made).toEqual({ status: 'fulfilled', value: Uint8Array.of(2) });
  });

  it('of a thread is the failure of its document alone; the next gets a new thread', async () => {
    startRenderer({ workerFile: SCRIPTED_WORKER });
    const [failed, made] = await Promise.allSettled([renderNumbered('crash'), renderNumbered('a')]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { cause: { message: 'the thread is gone' } } });
    expect(made).toEqual({ status: 'fulfilled', value: Uint8Array.of(1) });
  });

  it('to answer in time ends the thread', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    startRenderer({ workerFile: SCRIPTED_WORKER, jobLimitMs: 60_000 });
    const hanging = renderNumbered('hang');
    const made = renderNumbered('a');
    vi.advanceTimersByTime(60_000);
    await expect(hanging).rejects.toThrow('the PDF thread ended before the document was made');
    expect(await made).toEqual(Uint8Array.of(1));
  });

  it('of waiting documents is what closing means', async () => {
    const { close, liveThreads } = startRenderer({ workerFile: SCRIPTED_WORKER });
    const documents = Promise.allSettled([renderNumbered('hang'), renderNumbered('a')]);
    await close();
    expect((await documents).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(liveThreads()).toBe(0);
    await expect(renderNumbered('b')).rejects.toThrow('closed');
  });
});
