import { parentPort } from 'node:worker_threads';
import { present } from '../../../shared/assert.ts';
import { openFontLibrary, type FontLibrary } from './document-fonts.ts';
import { renderDocument } from './render-document.ts';
import type { RenderAnswer, RenderJob } from './render-messages.ts';

// The thread in which documents are made: one job at a time, nothing read but the fonts, nothing written.

const port = present(parentPort, 'the PDF worker runs as a worker thread');
const libraries = new Map<string, Promise<FontLibrary>>();

port.on('message', (job: RenderJob) => {
  void answer(job).then((reply) => {
    port.postMessage(reply, reply.ok ? [reply.pdf.buffer] : []);
  });
});

async function answer({ id, snapshot, logoFile, fontsFolder }: RenderJob): Promise<RenderAnswer> {
  try {
    return { id, ok: true, pdf: await renderDocument(snapshot, logoFile, await fontLibrary(fontsFolder)) };
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function fontLibrary(folder: string): Promise<FontLibrary> {
  const opened = libraries.get(folder) ?? openFontLibrary(folder);
  libraries.set(folder, opened);
  return opened;
}
