import type { UpdateState } from '../../../shared/desktop-bridge.ts';

/** A start is left alone for this long. */
export const FIRST_CHECK_MS = 60_000;
export const CHECK_EVERY_MS = 24 * 60 * 60_000;
/** Longer notes end in the release's own page. */
const MAX_NOTES = 20_000;

/** A release that is newer than this one. */
export interface FoundUpdate {
  readonly version: string;
  /** As the feed has them: plain text or HTML, one or one for each version in between. */
  readonly releaseNotes: string | readonly { readonly version: string; readonly note: string | null }[] | null;
}

/** How long until the next look for updates; null when its user switched it off. Rule: ui.md § 5 "Update". */
export function nextCheckMs(facts: { readonly isDaily: boolean; readonly hasChecked: boolean }): number | null {
  if (!facts.isDaily) return null;
  return facts.hasChecked ? CHECK_EVERY_MS : FIRST_CHECK_MS;
}

/** Whether a look may begin: never beside another one, and never over an update that is on its way or waits for the app to quit. */
export function mayCheck(state: UpdateState): boolean {
  return state.kind === 'idle' || state.kind === 'available' || state.kind === 'failed';
}

/** Nothing is downloaded that its user was not shown. */
export function mayDownload(state: UpdateState): state is Extract<UpdateState, { kind: 'available' }> {
  return state.kind === 'available';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** Release notes as plain text: what a feed sends is shown, never run. */
export function notesText(notes: FoundUpdate['releaseNotes']): string {
  if (notes === null) return '';
  const text = typeof notes === 'string' ? notes : notes.map(({ version, note }) => `${version}\n${note ?? ''}`).join('\n\n');
  return text
    .replace(/<li[^>]*>/gi, '• ')
    .replace(/<br\s*\/?>|<\/(?:p|li|ul|ol|h[1-6]|div)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#39|\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, MAX_NOTES);
}

export type UpdateWork = 'check' | 'download';

const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_(?:INTERNET|NAME|CONNECTION|NETWORK|ADDRESS|TIMED)/;
const UNTRUSTED = /sha512|checksum|signature|not signed|code sign/i;

/** What went wrong, what is still true and what comes next. Rule: reliability-and-security.md § 8. */
export function failureSentence(work: UpdateWork, reason: string): string {
  if (UNTRUSTED.test(reason)) {
    return 'The update was not what its publisher signed, so it was thrown away. This version goes on. Get the new one from its release page.';
  }
  const what = work === 'check' ? 'Meterbook could not look for updates' : 'The update could not be downloaded';
  const why = UNREACHABLE.test(reason)
    ? 'the place that they come from cannot be reached'
    : 'the place that they come from gave no usable answer';
  return `${what}: ${why}. This version goes on, and billing with it. Try again when you like.`;
}
