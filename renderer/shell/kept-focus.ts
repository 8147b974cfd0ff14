const OVER_PAGE = '[aria-modal="true"]';
const PASSING = '[role="menu"], [role="listbox"]';
const TAKES_FOCUS = 'a, button, input, select, textarea, summary, [tabindex], [contenteditable="true"]';

/**
 * What had the focus may go away: a menu's entry once its panel closes, a button once it is pressed. Then the focus goes back to what
 * had it before, else to the page's heading: never to nothing. Rule: ui.md § 6. Calling the answer ends it.
 */
export function keepFocus(): () => void {
  /** The last that had it on the page, and on a dialog over it. */
  let onPage: Element | null = null;
  let onDialog: Element | null = null;
  const note = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element) || target.closest(PASSING) !== null) return;
    if (target.closest(OVER_PAGE) === null) onPage = target;
    else onDialog = target;
  };
  // A press beside everything gives it up on purpose.
  const giveUp = ({ target }: PointerEvent): void => {
    if (target instanceof Element && target.closest(TAKES_FOCUS) === null) onPage = null;
  };
  const restore = (): void => {
    if (!isLost()) return;
    const dialog = [...document.querySelectorAll(OVER_PAGE)].at(-1);
    if (dialog !== undefined) focusFirstOf([dialog.contains(onDialog) ? onDialog : null, dialog]);
    else if (onPage !== null) focusFirstOf([onPage, document.querySelector('main h1')]);
  };
  const observer = new MutationObserver(restore);
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', note);
  document.addEventListener('pointerdown', giveUp);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', note);
    document.removeEventListener('pointerdown', giveUp);
  };
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** The first that takes it: what is gone or switched off does not. */
function focusFirstOf(candidates: readonly (Element | null)[]): void {
  for (const candidate of candidates) {
    if (candidate instanceof HTMLElement && isLost()) candidate.focus({ preventScroll: true });
  }
}
