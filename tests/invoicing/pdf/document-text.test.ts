import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakableParts, cleanText, readsRightToLeft, toOneLine, toParagraphs } from '../../../main/invoicing/pdf/document-text.ts';

describe('cleaning', () => {
  it.each([
    { name: 'controls vanish', given: 'a\u0007b\u0000c', expected: 'abc' },
    { name: 'direction overrides vanish', given: 'a\u202Egnp\u2066.exe', expected: 'agnp.exe' },
    { name: 'lone surrogates become the replacement character', given: 'a\ud800b', expected: 'a\ufffdb' },
    { name: 'accents are composed', given: 'e\u0301', expected: 'é' },
    { name: 'line ends become one kind', given: 'a\r\nb\rc\u2028d', expected: 'a\nb\nc\nd' },
    { name: 'tabs become spaces', given: 'a\tb', expected: 'a b' },
    { name: 'zero-width spaces and soft hyphens vanish', given: 'a\u200bb\u00adc\ufeff', expected: 'abc' },
    { name: 'markup stays as it was typed', given: '<b>&amp;</b> {number}', expected: '<b>&amp;</b> {number}' },
    { name: 'joiners of emoji stay', given: '👩\u200d💻', expected: '👩\u200d💻' },
  ])('$name', ({ given, expected }) => {
    expect(cleanText(given)).toBe(expected);
  });

  it('makes one line of a name and keeps the lines of a footer', () => {
    expect(toOneLine('  Hooli\n\n Inc  ')).toBe('Hooli Inc');
    expect(toParagraphs('a \nb\n\n\n\nc\n')).toBe('a\nb\n\nc');
  });
});

describe('direction', () => {
  it.each([
    { text: 'חברה (IEC)', rightToLeft: true },
    { text: '2026 – חברה', rightToLeft: true },
    { text: 'IEC חברה', rightToLeft: false },
    { text: '12 %', rightToLeft: false },
  ])('$text reads by its first letter', ({ text, rightToLeft }) => {
    expect(readsRightToLeft(text)).toBe(rightToLeft);
  });
});

describe('line breaks inside words', () => {
  it('keeps ordinary words whole', () => {
    expect(breakableParts('subscription')).toEqual(['subscription']);
  });

  it('breaks an address after its signs, without a hyphen', () => {
    expect(breakableParts('billing@very-long.example')).toEqual(['billing@', '', 'very-', '', 'long.', '', 'example']);
  });

  it('breaks Japanese between letters, but not before a closing mark', () => {
    expect(breakableParts('「月額」。')).toEqual(['「月', '', '額」。']);
  });

  it('never breaks inside an emoji', () => {
    expect(breakableParts(`${'x'.repeat(19)}👩\u200d💻`)).toContain('👩\u200d💻');
  });

  it('neither loses nor changes a letter', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (word) => breakableParts(word).join('') === word));
  });
});
