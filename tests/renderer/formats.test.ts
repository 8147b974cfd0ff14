import { unzipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { csvOf } from '../../renderer/components/csv.ts';
import { codeFromName } from '../../renderer/components/code-from-name.ts';
import { safeFileName } from '../../renderer/components/save-file.ts';
import { takeMessages } from '../../renderer/stream-messages.ts';
import { formatDay, formatTime } from '../../renderer/format/dates.ts';
import { formatMoney, formatRate, formatUnitPrice, formatUnits } from '../../renderer/format/money.ts';
import { zipFiles } from '../../renderer/screens/invoices/zip-invoices.ts';
import { parseSearch, writeSearch } from '../../renderer/shell/search-string.ts';
import { nameOfPress } from '../../renderer/shell/shortcut-keys.ts';

vi.stubGlobal('navigator', { languages: ['en-US'], platform: 'Linux' });

describe('money is written from whole cents, without computing', () => {
  test.each([
    [1240, 'USD', '$12.40'],
    [5, 'USD', '$0.05'],
    [-1240, 'USD', '-$12.40'],
    [0, 'EUR', '€0.00'],
    [6776, 'JPY', '¥6,776'],
    [1234, 'KWD', 'KWD\u00a01.234'],
    ['9007199254740993', 'USD', '$90,071,992,547,409.93'],
    [100, 'XXX', '100 XXX'],
  ])('%s %s is %s', (cents, currency, expected) => {
    expect(formatMoney(cents, currency)).toBe(expected);
  });

  test('a unit price keeps its decimals, units and rates theirs', () => {
    expect([formatUnitPrice('0.00004', 'USD'), formatUnitPrice('1.5', 'USD'), formatUnitPrice('0.123456789012345', 'USD')]).toEqual([
      '$0.00004',
      '$1.50',
      '$0.123456789012345',
    ]);
    expect([formatUnits('30412.50'), formatUnits('0.000000000000001'), formatRate('5.5')]).toEqual([
      '30,412.5',
      '0.000000000000001',
      '5.5%',
    ]);
  });
});

test('a day stays that day wherever it is read', () => {
  expect([formatDay('2026-03-01'), formatDay('2026-03-01T00:00:00Z')]).toEqual(['Mar 1, 2026', 'Mar 1, 2026']);
  expect(formatTime('2026-03-01T23:30:00Z', 'Asia/Tokyo')).toBe('Mar 2, 2026, 8:30 AM');
});

test('a spreadsheet reads a CSV as text: formulas are quoted, commas and quotes kept', () => {
  const columns = [
    { header: 'Name', text: (row: { readonly name: string }) => row.name },
    { header: 'Amount', text: () => '-12.40' },
  ];
  expect(csvOf(columns, [{ name: '=HYPERLINK("x")' }, { name: 'A, "B"\nC' }, { name: '@cmd' }])).toBe(
    '\uFEFFName,Amount\r\n"\'=HYPERLINK(""x"")",-12.40\r\n"A, ""B""\nC",-12.40\r\n\'@cmd,-12.40\r\n',
  );
});

test('a search string holds texts only, lists by repeating their key, and nothing that is empty', () => {
  expect(parseSearch('?search=123&status=draft&status=paid')).toEqual({ search: '123', status: ['draft', 'paid'] });
  expect(writeSearch({ search: '123', status: ['draft', 'paid'], sort: undefined, open: '' })).toBe('?search=123&status=draft&status=paid');
});

test('a key press has one name', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
    nameOfPress({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  expect([press('g'), press('?', { shiftKey: true }), press('K', { ctrlKey: true, shiftKey: true }), press(' ')]).toEqual([
    'g',
    '?',
    'mod+shift+k',
    'space',
  ]);
});

test('codes come from names, and file names lose what systems refuse', () => {
  expect([codeFromName('Search requests (v2)'), codeFromName('Größe  Ñandú'), codeFromName('株式会社')]).toEqual([
    'search_requests_v2',
    'gro_e_nandu',
    '',
  ]);
  expect([safeFileName('a/b\\c:d.pdf'), safeFileName('...')]).toEqual(['a b c d.pdf', 'file']);
});

test('messages of a stream are given on whole, whatever pieces they come in', () => {
  const heard: string[] = [];
  let rest = '';
  for (const piece of ['retry: 1000\n\nda', 'ta: {"a":1}\n', '\n: here\n\ndata: {"b"', ':2}\n\ndata: half'])
    rest = takeMessages(rest + piece, (text) => heard.push(text));
  expect([heard, rest]).toEqual([['{"a":1}', '{"b":2}'], 'data: half']);
});

test('files of a ZIP keep their names, and equal names get numbers', async () => {
  const bytes = new TextEncoder().encode('%PDF');
  const zipped = zipFiles([
    { name: 'INV-1 Hooli.pdf', bytes },
    { name: 'INV-1 Hooli.pdf', bytes },
    { name: 'INV-2 Łódź.pdf', bytes },
  ]);
  const files = unzipSync(new Uint8Array(await zipped.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['INV-1 Hooli.pdf', 'INV-1 Hooli (2).pdf', 'INV-2 Łódź.pdf']);
  expect(files['INV-2 Łódź.pdf']).toEqual(bytes);
});
