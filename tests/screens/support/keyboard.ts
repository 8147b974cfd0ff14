import { expect, type Page } from 'playwright/test';

/** More stops than the longest form has between two of its fields. */
const STOPS_AT_MOST = 90;

/** What has the focus, as assistive technology names it; null when the focus was lost to the page itself. */
export function focusedName(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : [];
    const named = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const texts = [
      element.getAttribute('aria-label'),
      ...named.map((id) => document.getElementById(id)?.textContent ?? null),
      ...labels.map((label) => label.textContent),
      element.innerText,
    ];
    const name = texts.find((text) => text !== null && text.trim() !== '') ?? element.tagName;
    return name.replace(/\s*\*$/, '').trim();
  });
}

/** Goes on with Tab until something of this name has the focus, and never lets the focus get lost on the way. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: (string | null)[] = [];
  for (let stop = 0; stop < STOPS_AT_MOST; stop += 1) {
    await page.keyboard.press(key);
    const focused = await focusedName(page);
    passed.push(focused);
    if (focused !== null && (typeof name === 'string' ? focused === name : name.test(focused))) return;
  }
  throw new Error(`Tab leads to no ${String(name)}: ${passed.join(' | ')}`);
}

/** Types over what a field holds, reached by Tab. */
export async function typeInto(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** The letters of a shortcut, one after the other. */
export async function pressKeys(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key);
}

/** A page was reached: its heading is there and has the focus. */
export async function expectHeadingFocus(page: Page, title: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused();
}

/** Something that can be seen has the focus. */
export async function expectFocusKept(page: Page): Promise<void> {
  await expect.poll(() => focusedName(page), 'the focus was lost').not.toBeNull();
}

/** Chooses from the open or closed list of the field that has the focus. */
export async function chooseOption(page: Page, option: string): Promise<void> {
  const chosen = page.locator('[role="option"][data-combobox-selected]');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option').first()).toBeVisible();
  for (let step = 0; step < STOPS_AT_MOST; step += 1) {
    const text = (await chosen.count()) === 0 ? '' : await chosen.innerText();
    if (text.startsWith(option)) return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`The arrows lead to no ${option}`);
}
