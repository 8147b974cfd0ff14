import { LINK_SCHEME } from './policy/addresses.ts';

export interface StartWishes {
  /** A deep link that another program opened. */
  readonly link: string | null;
  /** A workspace's file that was opened with the app. */
  readonly file: string | null;
  /** Started at login: no window yet. */
  readonly isHidden: boolean;
}

/** What the words of a start say. On Windows and Linux a link comes as one of them, also to the instance that runs already. */
export function readStartArguments(words: readonly string[]): StartWishes {
  return {
    link: words.find((word) => word.startsWith(`${LINK_SCHEME}://`)) ?? null,
    file: words.find((word) => word.endsWith('.meterbook') && !word.startsWith('-')) ?? null,
    isHidden: words.includes('--hidden'),
  };
}
