import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';

/** What a screen must never show: the traces of a value that was not there, or of an error that was not understood. */
const TRACES = /\bundefined\b|\bNaN\b|\[object |\bInvalid Date\b|\bnull\b|error_details|Unprocessable Entity/;

/** Waits until the page has what it asked for: no region is busy, no skeleton is left. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor({ timeout: 15_000 });
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 15_000 });
}

/** Whether the page comes to rest in time. */
export async function isSettled(page: Page): Promise<boolean> {
  try {
    await settled(page);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** The texts of a page that show that something went wrong in it; user-given texts are left out by the caller. */
export async function tracesOn(page: Page): Promise<readonly string[]> {
  const text = await page.locator('body').innerText();
  return text.split('\n').filter((line) => TRACES.test(line));
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds, in one line each: on the whole page, or in a part of it. Rule: ui.md § 6. */
export async function axeFindings(page: Page, part?: string): Promise<readonly string[]> {
  return findingsOf(axeFor(page, part).withTags(TAGS));
}

/** Only whether colours stand out enough: all that another theme changes. */
export async function contrastFindings(page: Page, part?: string): Promise<readonly string[]> {
  return findingsOf(axeFor(page, part).withRules(['color-contrast', 'link-in-text-block']));
}

function axeFor(page: Page, part: string | undefined): AxeBuilder {
  const axe = new AxeBuilder({ page });
  return part === undefined ? axe : axe.include(part);
}

async function findingsOf(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
  );
}
