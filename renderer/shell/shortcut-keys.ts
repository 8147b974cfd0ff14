import { currentActions, type Action } from '../actions.ts';
import { usePreferences } from '../state/preferences.ts';

/** The second letter of `g c` has to come this soon. */
const SEQUENCE_MS = 1_000;

/** The keys of an action: its user's, else its own; null when there are none or letters are switched off. */
export function keysOf(
  action: Pick<Action, 'id' | 'keys'>,
  preferences: { readonly chosenKeys: Readonly<Record<string, string>>; readonly hasLetterKeys: boolean },
): string | null {
  const keys = preferences.chosenKeys[action.id] ?? action.keys ?? '';
  if (keys === '') return null;
  return keys.startsWith('mod+') || preferences.hasLetterKeys ? keys : null;
}

/** What a key press is called: `mod+shift+k`, `g`, `?`. */
export function nameOfPress(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const isMod = event.ctrlKey || event.metaKey;
  // Shift is part of a sign like `?`; it counts with letters and named keys only when it comes with another modifier.
  return [isMod ? 'mod' : null, event.altKey ? 'alt' : null, isMod && event.shiftKey ? 'shift' : null, key]
    .filter((part) => part !== null)
    .join('+');
}

/** Whether what has the focus takes letters as text. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], [role="textbox"]') !== null;
}

/** Whether what has the focus lies over the page: the page's letters wait until that is closed. */
function isOverPage(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[aria-modal="true"], [role="menu"], [role="listbox"]') !== null;
}

/** Runs actions by their keys for as long as the window is open. Calling the answer ends it. */
export function listenForShortcuts(): () => void {
  let begun = '';
  let begunAtMs = 0;
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const press = nameOfPress(event);
    const isCombination = press.startsWith('mod+');
    if (!isCombination && (isTyping(event.target) || isOverPage(event.target) || event.altKey)) return;
    // In a field, Mod+Z takes back what was typed there.
    if (press === 'mod+z' && isTyping(event.target)) return;
    const sequence = event.timeStamp - begunAtMs < SEQUENCE_MS && begun !== '' ? `${begun} ${press}` : press;
    const preferences = usePreferences.getState();
    const actions = currentActions();
    const action =
      actions.find((one) => keysOf(one, preferences) === sequence) ?? actions.find((one) => keysOf(one, preferences) === press);
    begun = action === undefined && press.length === 1 ? press : '';
    begunAtMs = event.timeStamp;
    if (action === undefined) return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener('keydown', listener);
  return () => {
    window.removeEventListener('keydown', listener);
  };
}

/** Keys for people: `mod+k` is `⌘ K` on a Mac, `Ctrl K` elsewhere. */
export function spellKeys(keys: string): readonly string[] {
  const isMac = navigator.platform.startsWith('Mac');
  const names: Readonly<Record<string, string>> = {
    mod: isMac ? '⌘' : 'Ctrl',
    shift: 'Shift',
    alt: isMac ? '⌥' : 'Alt',
    enter: 'Enter',
    space: 'Space',
  };
  return keys.split(/[+ ]/).map((key) => names[key] ?? key.toUpperCase());
}
