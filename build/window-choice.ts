// Whether `npm start` opens the desktop window or the browser. Decisions only; open.ts carries them out.

const RETRY_AFTER_MS = 24 * 60 * 60_000;

export interface OpeningFacts {
  /** What stood after `npm start --`. */
  readonly words: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Electron refuses to run its sandbox for root on Linux. */
  readonly isRoot: boolean;
  readonly hasElectron: boolean;
  /** How long ago fetching Electron failed; null when it never did. */
  readonly failedMsAgo: number | null;
}

export type Opening =
  | { readonly kind: 'window' }
  /** Electron has to be fetched first. */
  | { readonly kind: 'fetch' }
  /** `line`: why, in one line for a person. */
  | { readonly kind: 'browser'; readonly line: string; readonly words: readonly string[] };

const SERVED = 'Meterbook is served to the browser, at the link below. Ctrl+C ends it.';

export function servedInBrowser(why: string | null, words: readonly string[] = []): Extract<Opening, { kind: 'browser' }> {
  return { kind: 'browser', line: why === null ? SERVED : `${why}: ${SERVED}`, words };
}

/** Rule: overview.md "Two commands". */
export function chooseOpening(facts: OpeningFacts): Opening {
  const { words, platform, environment } = facts;
  // Every word but --browser is an option of `meterbook serve`: whoever gives one wants the server.
  if (words.length > 0)
    return servedInBrowser(
      null,
      words.filter((word) => word !== '--browser'),
    );
  if (isSet(environment['CI'])) return servedInBrowser('No window under CI');
  if (platform === 'linux') {
    if (!isSet(environment['DISPLAY']) && !isSet(environment['WAYLAND_DISPLAY']))
      return servedInBrowser('There is no display for a window');
    if (facts.isRoot) return servedInBrowser("Electron's sandbox does not run for root");
  }
  if (facts.hasElectron) return { kind: 'window' };
  if (facts.failedMsAgo !== null && facts.failedMsAgo < RETRY_AFTER_MS) {
    return servedInBrowser('Electron could not be fetched for the window and is tried again tomorrow');
  }
  return { kind: 'fetch' };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
