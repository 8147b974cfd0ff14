import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  chargeFee,
  customerPart,
  invoiceSnapshot,
  longInvoiceSnapshot,
  organizationPart,
  subscriptionBlock,
} from '../../support/document-snapshots.ts';
import { linesOf, renderAndRead } from '../../support/rendered-document.ts';

describe('long documents', () => {
  it('repeat the table head on each page, keep rows whole and count pages', async () => {
    const { pages } = await renderAndRead(longInvoiceSnapshot(600));
    const head = 'Item\tUnits\tUnit price\tTax rate\tAmount (excl. tax)';
    const tablePages = pages.slice(1).filter((page) => page.lines.some((line) => line.startsWith('Metered line')));
    expect(tablePages.map((page) => page.lines[0])).toEqual(tablePages.map(() => head));
    expect(tablePages.map((page) => page.lines.filter((line) => line === head).length)).toEqual(tablePages.map(() => 1));
    expect(pages.map((page) => page.lines.at(-1))).toEqual(
      pages.map((_, index) => `Hooli Cloud Services SAS · HOO-4F2A-007-012\tPage ${index + 1} of ${pages.length}`),
    );
    const rows = pages.flatMap((page) => page.lines).filter((line) => line.startsWith('Metered line'));
    expect(rows).toEqual(Array.from({ length: 600 }, (_, index) => `Metered line ${index + 1}\t1\t€1.00\t0%\t€1.00`));
  }, 15_000);

  it('lose no row where the table is so tall that the layout no longer counts exactly', async () => {
    const rows = linesOf(await renderAndRead(longInvoiceSnapshot(1400))).filter((line) => line.startsWith('Metered line'));
    expect(rows).toHaveLength(1400);
  }, 20_000);

  it('print a description longer than a page to its end', async () => {
    const description = Array.from({ length: 1200 }, (_, index) => `word${index + 1}`).join(' ');
    const fees = [chargeFee({ description }), chargeFee({ name: 'After it' })];
    const document = await renderAndRead(invoiceSnapshot({ subscriptions: [subscriptionBlock({ fees })] }));
    const printed = document.pages.map((page) => page.compact).join('');
    expect(printed.match(/word\d+/g)?.length).toBe(1200);
    expect(linesOf(document)).toContain('After it\t1,000\t€0.05\t20%\t€50.00');
  });

  it('print every coupon and its amount, however many and long-named', async () => {
    const coupons = Array.from({ length: 40 }, (_, index) => ({
      name: `No${index + 1}-${'long name '.repeat(25)}`,
      value: { amountCents: '100' },
      amountCents: '100',
    }));
    const printed = linesOf(await renderAndRead(invoiceSnapshot({ coupons })));
    expect(printed.filter((line) => /^No\d+-/.test(line))).toHaveLength(40);
    expect(printed.filter((line) => line.endsWith('\t-€1.00'))).toHaveLength(40);
  });
});

describe('hostile text', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is printed as it was typed', async () => {
    const displayName = '<script>alert("1")</script> & {number} %s \\n';
    const lines = linesOf(await renderAndRead(invoiceSnapshot({ customer: customerPart({ displayName }) })));
    expect(lines).toContain('Hooli Cloud Services SAS\t<script>alert("1")</script> & {number} %s \\n');
  });

  it.each([
    { name: '255 wide letters', text: 'W'.repeat(255) },
    { name: '255 letters of Japanese', text: '請'.repeat(255) },
    { name: '255 letters of Hebrew', text: 'ש'.repeat(255) },
    { name: '255 letters without a font', text: 'ﷺ'.repeat(255) },
    { name: 'combining marks', text: `Z${'\u0301'.repeat(100)}` },
    { name: 'nothing but spaces', text: '   ' },
    { name: 'nothing but controls', text: '\u0000\u0007\u202e' },
    { name: 'nothing but line breaks', text: '\n'.repeat(255) },
    { name: 'lone surrogates', text: '\ud800\udc00\udfff' },
  ])('of $name in every place breaks nothing', async ({ text }) => {
    const warnings = vi.spyOn(console, 'warn').mockReturnValue();
    const fee = chargeFee({
      name: text,
      description: text,
      filters: [{ key: text, values: [text] }],
      groupedBy: [{ key: text, value: text }],
    });
    const address = { line1: text, line2: text, zipcode: text, city: text, state: text, country: text };
    const document = await renderAndRead(
      invoiceSnapshot({
        organization: organizationPart({ name: text, legalName: text, legalNumber: text, email: text, footer: text, address }),
        customer: customerPart({ displayName: text, address, emails: [text], metadata: [{ key: text, value: text }] }),
        number: text,
        purchaseOrderNumber: text,
        subscriptions: [subscriptionBlock({ displayName: text, fees: [fee] })],
        coupons: [{ name: text, value: { percentageRate: '1' }, amountCents: '1' }],
        customSections: [{ displayName: text, details: text }],
      }),
    );
    expect(linesOf(document)).toContain('Total\t€180.00');
    // The library says so when something is taller than a page, and cuts it.
    expect(warnings).not.toHaveBeenCalled();
  });

  it('never reaches over the edge of the paper', async () => {
    const document = await renderAndRead(invoiceSnapshot({ customer: customerPart({ displayName: 'W'.repeat(255) }) }));
    expect(document.pages[0]?.widest).toBeLessThanOrEqual(595.28 - 40);
  });

  it('of amounts beyond any invoice stays in its column', async () => {
    const fee = chargeFee({ units: '123456789012345678.123456', unitAmount: '0.000000000012345', amountCents: '9007199254740993' });
    const snapshot = invoiceSnapshot({ subscriptions: [subscriptionBlock({ fees: [fee] })], totalCents: '9007199254740993' });
    const lines = linesOf(await renderAndRead(snapshot));
    expect(lines).toContain('Total\t€90,071,992,547,409.93');
    expect(lines.join('')).toContain('€0.000000000012345');
  });
});
