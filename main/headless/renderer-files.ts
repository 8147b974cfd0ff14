import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** What the build put into the page where the nonce belongs. */
const NONCE_MARK = '__CSP_NONCE__';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** A file of the built screens. Its name carries a hash of its content, so a browser may keep it. */
export interface RendererFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/**
 * The built screens. They are listed and read at the start: what a request names is looked up, never opened, so no path leads out of
 * the folder.
 */
export class RendererFiles {
  readonly #page: string | null;
  readonly #files: ReadonlyMap<string, RendererFile>;

  constructor(folder: string = builtFolder()) {
    const files = readAll(folder);
    const page = files.get('/index.html');
    this.#page = page === undefined ? null : Buffer.from(page.bytes).toString('utf8');
    files.delete('/index.html');
    this.#files = files;
  }

  /** The file of a raw path; null when the build has none of that name. */
  find(path: string): RendererFile | null {
    return this.#files.get(path) ?? null;
  }

  /** The page that starts the screens; null when they are not built. */
  page(nonce: string): string | null {
    return this.#page === null ? null : this.#page.replaceAll(NONCE_MARK, nonce);
  }
}

/** `dist/renderer`, seen from the built host in `dist/main` and from the sources in `main/headless`. */
function builtFolder(): string {
  const candidates = [join(import.meta.dirname, '..', 'renderer'), join(import.meta.dirname, '..', '..', 'dist', 'renderer')];
  return candidates.find((folder) => existsSync(join(folder, 'index.html')) && existsSync(join(folder, 'assets'))) ?? '';
}

function readAll(folder: string): Map<string, RendererFile> {
  if (folder === '') return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = `/${relative(folder, path).split(sep).join('/')}`;
      const contentType = CONTENT_TYPES[extname(entry.name)] ?? 'application/octet-stream';
      return [name, { bytes: new Uint8Array(readFileSync(path)), contentType }] as const;
    }),
  );
}
