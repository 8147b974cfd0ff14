import { readPdf } from '../support/pdf-text.ts';
import { expect, test } from './support/fixtures.ts';
import { chooseOption, expectFocusKept, expectHeadingFocus, pressKeys, tabTo, typeInto } from './support/keyboard.ts';

test.describe.configure({ mode: 'serial' });

test('from a metric to the PDF of an invoice, with the keyboard alone', async ({ page, host }) => {
  test.setTimeout(120_000);
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-01-01T09:00:00Z' } });

  await test.step('a billable metric', async () => {
    await page.goto('/events');
    await expectHeadingFocus(page, 'Events');
    await pressKeys(page, 'g m');
    await expectHeadingFocus(page, 'Billable metrics');
    await pressKeys(page, 'c');
    await expectHeadingFocus(page, 'New billable metric');
    await typeInto(page, 'Name', 'Search requests');
    // Letters are text in a field, never shortcuts.
    await expect(page.locator(':focus')).toHaveValue('Search requests');
    await tabTo(page, /^Count/);
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: 'Sum', exact: true })).toBeFocused();
    await expect(page.getByRole('radio', { name: 'Sum', exact: true })).toBeChecked();
    await typeInto(page, 'Property', 'volume');
    await page.keyboard.press('Control+s');
    await expectHeadingFocus(page, 'Search requests');
  });

  await test.step('a plan that prices it', async () => {
    await pressKeys(page, 'g p');
    await expectHeadingFocus(page, 'Plans');
    await pressKeys(page, 'c');
    await expectHeadingFocus(page, 'New plan');
    await typeInto(page, 'Name', 'Search');
    await tabTo(page, 'Add a charge');
    await page.keyboard.press('Enter');
    await expectFocusKept(page);
    const metric = page.getByRole('combobox', { name: 'Billable metric of charge 1' });
    if (!(await metric.evaluate((field) => field === document.activeElement)))
      await tabTo(page, 'Billable metric of charge 1', 'Shift+Tab');
    await page.keyboard.type('search');
    await chooseOption(page, 'Search requests');
    await expect(metric).toHaveValue(/Search requests/);
    await tabTo(page, 'Charge model of charge 1');
    await chooseOption(page, 'Package');
    await expect(page.getByRole('combobox', { name: 'Charge model of charge 1' })).toHaveValue('Package');
    await typeInto(page, 'Price per package', '1.50');
    await typeInto(page, 'Units per package', '1000');
    await typeInto(page, 'First units free', '10000');
    await page.keyboard.press('Control+s');
    await expectHeadingFocus(page, 'Search');
  });

  await test.step('a customer with the plan', async () => {
    await pressKeys(page, 'g c');
    await expectHeadingFocus(page, 'Customers');
    await pressKeys(page, 'c');
    await expectHeadingFocus(page, 'New customer');
    await typeInto(page, 'Name', 'Hooli');
    await page.keyboard.press('Control+s');
    await expectHeadingFocus(page, 'Hooli');
    await pressKeys(page, 'a');
    const panel = page.getByRole('dialog', { name: 'Assign a plan to Hooli' });
    await expect(panel).toBeVisible();
    await expect(panel.locator(':focus')).toHaveCount(1);
    const plan = panel.getByRole('combobox', { name: 'Plan' });
    if (!(await plan.evaluate((field) => field === document.activeElement))) await tabTo(page, 'Plan');
    await chooseOption(page, 'Search');
    await expect(panel.getByRole('button', { name: /^Assign “Search”/ })).toBeEnabled();
    await tabTo(page, /^Assign “Search”/);
    await page.keyboard.press('Enter');
    await expect(panel).toBeHidden();
    await expectFocusKept(page);
  });

  await test.step('an event', async () => {
    await pressKeys(page, 'g e');
    await expectHeadingFocus(page, 'Events');
    await pressKeys(page, 'c');
    const panel = page.getByRole('dialog', { name: 'Send a test event' });
    await expect(panel.getByLabel('Code')).toBeFocused();
    await page.keyboard.type('search_requests');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(panel.getByLabel('External subscription id')).toBeFocused();
    await page.keyboard.type('sub_hooli');
    await typeInto(page, 'Properties', '{"volume": 30412}');
    await tabTo(page, 'Send event');
    await page.keyboard.press('Enter');
    await expect(panel).toBeHidden();
    await expectFocusKept(page);
    await expect(page.getByRole('row', { name: /search_requests/ })).toBeVisible();
  });

  await test.step('the invoice to come', async () => {
    await page.keyboard.press('Control+k');
    await expect(
      page.getByRole('combobox', { name: 'Search or type a command' }).or(page.getByLabel('Search or type a command')),
    ).toBeFocused();
    await page.keyboard.type('Home');
    await page.keyboard.press('Enter');
    await expectHeadingFocus(page, 'Home');
    await tabTo(page, /^Sun, Feb 1/);
    await page.keyboard.press('Enter');
    // 20,412 beyond the free ones: 21 packages of 1.50
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Invoice of Feb 1, 2026')).toBeVisible();
    await expect(dialog.getByText('$31.50')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: /^Sun, Feb 1/ })).toBeFocused();
  });

  await test.step('the PDF of the final invoice', async () => {
    await host.call('PUT', '/test_clock', { test_clock: { now: '2026-02-01T00:00:00Z' } });
    await pressKeys(page, 'g i');
    await expectHeadingFocus(page, 'Invoices');
    await pressKeys(page, '/');
    await expect(page.locator('[data-list-search]')).toBeFocused();
    await page.keyboard.type('hooli');
    await expect(page).toHaveURL(/search=hooli/);
    await page.keyboard.press('Escape');
    await expectFocusKept(page);
    await pressKeys(page, 'j');
    await expect(page.getByRole('row', { name: /Hooli/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/invoices\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await tabTo(page, 'Lines');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'PDF' })).toBeFocused();
    const frame = page.getByTitle(/^PDF of/);
    await expect(frame).toBeVisible({ timeout: 20_000 });
    await expectFocusKept(page);
    const answer = await page.request.get((await frame.getAttribute('src')) ?? '');
    const text = readPdf(await answer.body())
      .pages.flatMap(({ lines }) => lines)
      .join('\n');
    for (const words of ['Hooli', 'Search requests', '$31.50']) expect(text).toContain(words);
  });
});

test('rows, records and columns by their keys', async ({ page, host }) => {
  for (const name of ['Initech', 'Umbrella'])
    await host.call('POST', '/customers', { customer: { external_id: name.toLowerCase(), name, currency: 'USD' } });
  await page.goto('/customers?sort=name&direction=asc');
  await expectHeadingFocus(page, 'Customers');

  await test.step('J and K walk through the rows, Enter opens, the brackets go on from record to record', async () => {
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
    await expect(row('Umbrella')).toBeVisible();
    await pressKeys(page, 'j');
    await expect(row('Hooli')).toBeFocused();
    await pressKeys(page, 'j j');
    await expect(row('Umbrella')).toBeFocused();
    await pressKeys(page, 'k');
    await expect(row('Initech')).toBeFocused();
    await page.keyboard.press('Enter');
    await expectHeadingFocus(page, 'Initech');
    await pressKeys(page, ']');
    await expectHeadingFocus(page, 'Umbrella');
    // The last one stays.
    await pressKeys(page, ']');
    await expectHeadingFocus(page, 'Umbrella');
    await pressKeys(page, '[');
    await expectHeadingFocus(page, 'Initech');
  });

  await test.step('Mod+C copies the rows as a table', async () => {
    await pressKeys(page, 'g c');
    await expectHeadingFocus(page, 'Customers');
    await pressKeys(page, 'j');
    await expect(page.locator('tr[data-row="0"]')).toBeFocused();
    await page.keyboard.press('Control+c');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^(Umbrella|Hooli|Initech)\t\w+\t/);
  });

  await test.step('a column is made wider with the arrow keys, and keeps its width', async () => {
    const width = () => page.getByRole('columnheader', { name: 'External id' }).evaluate((cell) => cell.getBoundingClientRect().width);
    const before = await width();
    await tabTo(page, 'Width of External id', 'Shift+Tab');
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight');
    await expect.poll(width).toBeGreaterThan(before);
    const wider = await width();
    await page.reload();
    await expectHeadingFocus(page, 'Customers');
    await expect.poll(width).toBe(wider);
  });
});

test('X selects rows for the bulk bar', async ({ page }) => {
  await page.goto('/invoices');
  await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();
  await pressKeys(page, 'j x');
  const bar = page.getByRole('toolbar', { name: 'Selected rows' });
  await expect(bar).toContainText('1 selected');
  await expect(page.getByRole('row', { name: /Hooli/ })).toHaveAttribute('aria-selected', 'true');
  await tabTo(page, 'Clear selection');
  await page.keyboard.press('Enter');
  await expect(bar).toBeHidden();
  await expect(page.getByRole('row', { name: /Hooli/ })).toBeFocused();
});

test('shortcuts are listed, switched off and chosen anew', async ({ page }) => {
  await page.goto('/plans');
  await expectHeadingFocus(page, 'Plans');

  await test.step('the sheet has what the page and the whole window offer', async () => {
    await pressKeys(page, '?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const [action, keys] of [
      ['Add a plan', 'C'],
      ['Customers', 'GC'],
      ['Open the command palette', 'CtrlK'],
      ['Undo the last edit', 'CtrlZ'],
      ['Keyboard shortcuts', '?'],
    ] as const)
      await expect(sheet.getByRole('row').filter({ has: page.getByRole('cell', { name: action, exact: true }) })).toContainText(keys);
    // The page beneath hears no letters.
    await pressKeys(page, 'c');
    await expect(page).toHaveURL(/\/plans$/);
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await expectHeadingFocus(page, 'Plans');
  });

  await test.step('Mod+B narrows the sidebar, the first Tab skips it', async () => {
    const sidebar = page.getByRole('navigation', { name: 'Main navigation' });
    await page.keyboard.press('Control+b');
    await expect.poll(async () => (await sidebar.boundingBox())?.width).toBe(56);
    await page.keyboard.press('Control+b');
    await expect.poll(async () => (await sidebar.boundingBox())?.width).toBe(216);
    await tabTo(page, 'Skip to content', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.locator('main :focus')).toHaveCount(1);
  });

  await test.step('without letters only combinations work', async () => {
    await page.keyboard.press('Control+,');
    await expectHeadingFocus(page, 'Organization');
    await tabTo(page, 'Shortcuts');
    await page.keyboard.press('Enter');
    await expectHeadingFocus(page, 'Shortcuts');
    await tabTo(page, /^Letters without a modifier/);
    await page.keyboard.press('Space');
    await tabTo(page, 'Shortcuts', 'Shift+Tab');
    await pressKeys(page, 'g p');
    await page.keyboard.press('Control+k');
    await expect(page.getByLabel('Search or type a command')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('link', { name: 'Shortcuts' })).toBeFocused();
    await expect(page).toHaveURL(/\/settings\/shortcuts$/);
    await tabTo(page, /^Letters without a modifier/);
    await page.keyboard.press('Space');
  });

  await test.step('other keys for an action take the place of its own', async () => {
    await tabTo(page, 'Change the keys of Plans');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('New keys of Plans')).toBeFocused();
    await pressKeys(page, 'g l');
    await page.keyboard.press('Enter');
    await expectFocusKept(page);
    await expect(page.getByRole('link', { name: /^Plans/ })).toContainText('G L');
    await tabTo(page, 'Reset the keys of Plans');
    await pressKeys(page, 'g p');
    await expect(page).toHaveURL(/\/settings\/shortcuts$/);
    await pressKeys(page, 'g l');
    await expectHeadingFocus(page, 'Plans');
  });
});

test('panels and menus give the focus back', async ({ page, host }) => {
  await page.goto('/customers?sort=name&direction=asc');
  await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();
  await pressKeys(page, 'j');
  await page.keyboard.press('Enter');
  await expectHeadingFocus(page, 'Hooli');
  const more = page.getByRole('button', { name: 'More actions for Hooli' });
  await tabTo(page, 'More actions for Hooli');

  await test.step('a menu', async () => {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'View as JSON' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(more).toBeFocused();
  });

  await test.step('what a menu opened', async () => {
    for (const [item, dialog] of [
      ['View as JSON', 'Hooli'],
      ['Delete…', /^Delete/],
    ] as const) {
      await page.keyboard.press('Enter');
      await expect(page.getByRole('menuitem').first()).toBeFocused();
      while (!(await page.getByRole('menuitem', { name: item }).evaluate((one) => one === document.activeElement)))
        await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: dialog }).locator(':focus')).toHaveCount(1);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(more).toBeFocused();
    }
  });

  await test.step('an inspector beside a list', async () => {
    await host.call('POST', '/events', {
      event: { transaction_id: 'e2', external_subscription_id: 'sub_hooli', code: 'search_requests', properties: { volume: 1 } },
    });
    await pressKeys(page, 'g e');
    await expectHeadingFocus(page, 'Events');
    const row = page.getByRole('row', { name: /search_requests/ });
    await expect(row).toBeVisible();
    await pressKeys(page, 'j');
    await expect(row).toBeFocused();
    await page.keyboard.press('Enter');
    const inspector = page.getByRole('region', { name: 'Event e2', exact: true });
    await expect(inspector).toBeVisible();
    await expect(row).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(inspector).toHaveCount(0);
    await expect(row).toBeFocused();
  });
});
