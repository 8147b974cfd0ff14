import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Font } from '@react-pdf/renderer';
import { present } from '../../../shared/assert.ts';
import { BASE_SUBSETS, FONT_PACKAGES, fontFile, REGULAR, unicodeRangesFile } from './font-files.ts';
import { unpackWoff } from './woff-font.ts';

/** Printed for a letter that no font has: the library itself would print a wrong one and say nothing. */
export const SUBSTITUTE = '□';

/** Joiners and variation selectors shape their neighbours and print nothing themselves. */
const INVISIBLE_SHAPER = /^[\u200c\u200d\ufe00-\ufe0f\u{e0020}-\u{e007f}]$/u;

/** The fonts of one document's text, and the text as they can print it. */
export interface DocumentFonts {
  readonly families: string[];
  readonly printable: (text: string) => string;
}

export interface FontLibrary {
  /** Loads what the texts need and nothing else: the Japanese font alone is 120 files. */
  readonly fontsFor: (texts: readonly string[]) => Promise<DocumentFonts>;
}

interface FontSubset {
  readonly family: string;
  readonly files: readonly { readonly path: string; readonly fontWeight: number }[];
  readonly ranges: readonly CodePointRange[];
}

/** What is asked of a font that the library has read. */
interface LoadedFont {
  readonly hasGlyphForCodePoint: (codePoint: number) => boolean;
}

interface CodePointRange {
  readonly first: number;
  readonly last: number;
}

export async function openFontLibrary(fontsFolder: string): Promise<FontLibrary> {
  const subsets = (await Promise.all(FONT_PACKAGES.map((fontPackage) => readSubsets(fontsFolder, fontPackage)))).flat();
  const loading = new Map<string, Promise<LoadedFont>>();
  const coveredBy = new Map<string, FontSubset | null>();

  function loaded(subset: FontSubset): Promise<LoadedFont> {
    const font = loading.get(subset.family) ?? loadFont(subset);
    loading.set(subset.family, font);
    return font;
  }

  async function covers(subset: FontSubset, codePoint: number): Promise<boolean> {
    return (await loaded(subset)).hasGlyphForCodePoint(codePoint);
  }

  async function findSubset(letter: string): Promise<FontSubset | null> {
    const known = coveredBy.get(letter);
    if (known !== undefined) return known;
    const codePoint = codePointOf(letter);
    let found: FontSubset | null = null;
    for (const subset of subsets) {
      if (!subset.ranges.some(({ first, last }) => first <= codePoint && codePoint <= last)) continue;
      if (!(await covers(subset, codePoint))) continue;
      found = subset;
      break;
    }
    coveredBy.set(letter, found);
    return found;
  }

  async function fontsFor(texts: readonly string[]): Promise<DocumentFonts> {
    const letters = new Set(texts.flatMap((text) => [...text]));
    letters.delete('\n');
    const needed = new Set(subsets.filter(({ family }) => BASE_SUBSETS.some((name) => family === `noto-sans-${name}`)));
    const replaced = new Map<string, string>();
    for (const letter of [...letters].filter((each) => !INVISIBLE_SHAPER.test(each))) {
      const subset = await findSubset(letter);
      if (subset === null) replaced.set(letter, SUBSTITUTE);
      else needed.add(subset);
    }
    if (replaced.size > 0) needed.add(present(await findSubset(SUBSTITUTE), 'some font has the substitute'));
    for (const shaper of [...letters].filter((each) => INVISIBLE_SHAPER.test(each))) {
      if (!(await isCoveredByAny(needed, shaper))) replaced.set(shaper, '');
    }
    await Promise.all([...needed].map(loaded));
    return {
      families: subsets.filter((subset) => needed.has(subset)).map(({ family }) => family),
      printable: (text) => (replaced.size === 0 ? text : [...text].map((letter) => replaced.get(letter) ?? letter).join('')),
    };
  }

  /** A joiner needs no font of its own: it belongs to the letters around it. */
  async function isCoveredByAny(candidates: ReadonlySet<FontSubset>, letter: string): Promise<boolean> {
    for (const subset of candidates) {
      if (await covers(subset, codePointOf(letter))) return true;
    }
    return false;
  }

  return { fontsFor };
}

function codePointOf(letter: string): number {
  return present(letter.codePointAt(0), 'a letter has a code point');
}

async function loadFont({ family, files }: FontSubset): Promise<LoadedFont> {
  for (const { path, fontWeight } of files) {
    const font = unpackWoff(await readFile(path), `${family}-${fontWeight}`);
    Font.register({ family, src: `data:font/ttf;base64,${font.toString('base64')}`, fontWeight });
  }
  await Font.load({ fontFamily: family, fontWeight: REGULAR });
  return present(Font.getFont({ fontFamily: family, fontWeight: REGULAR }).data as LoadedFont | null, 'a registered font was loaded');
}

async function readSubsets(fontsFolder: string, fontPackage: (typeof FONT_PACKAGES)[number]): Promise<FontSubset[]> {
  const text = await readFile(join(fontsFolder, unicodeRangesFile(fontPackage.name)), 'utf8');
  const ranges = JSON.parse(text) as Readonly<Record<string, string>>;
  return fontPackage.subsets.map((subset) => ({
    family: `${fontPackage.name}-${subset}`,
    files: fontPackage.weights.map((fontWeight) => ({
      path: join(fontsFolder, fontFile(fontPackage.name, subset, fontWeight)),
      fontWeight,
    })),
    // Numbered parts are in brackets there. A subset that is not listed is the sum of the parts.
    ranges: parseRanges(ranges[subset] ?? ranges[`[${subset}]`] ?? Object.values(ranges).join(',')),
  }));
}

/** `U+0-FF,U+131` → the ranges. */
function parseRanges(text: string): CodePointRange[] {
  return text.split(',').map((part) => {
    const [first = '', last = first] = part.replace('U+', '').split('-');
    return { first: parseInt(first, 16), last: parseInt(last, 16) };
  });
}
