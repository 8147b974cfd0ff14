// Which font files the documents use: read by the renderer, and by the build that copies them.

export interface FontPackage {
  /** Folder of the package under `@fontsource/`, and of its files in the built app. */
  readonly name: string;
  /** Names of the files' parts, each covering its own letters. */
  readonly subsets: readonly string[];
  readonly weights: readonly number[];
}

export const REGULAR = 400;
export const SEMIBOLD = 600;

/** The Japanese files are cut by frequency of use into numbered parts. */
const JAPANESE_PARTS = Array.from({ length: 120 }, (_, index) => String(index));

/** In order of preference: several packages hold Latin letters and digits, the first one prints them. */
export const FONT_PACKAGES: readonly FontPackage[] = [
  {
    name: 'noto-sans',
    subsets: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'],
    weights: [REGULAR, SEMIBOLD],
  },
  // Before the other scripts: their fonts also hold the joiner that makes one sign of several emoji.
  { name: 'noto-emoji', subsets: ['emoji'], weights: [REGULAR] },
  { name: 'noto-sans', subsets: ['devanagari'], weights: [REGULAR, SEMIBOLD] },
  { name: 'noto-sans-hebrew', subsets: ['hebrew'], weights: [REGULAR, SEMIBOLD] },
  // One weight of the two large packages: bold text falls back to it, and the app stays 4 MB smaller.
  { name: 'noto-sans-jp', subsets: JAPANESE_PARTS, weights: [REGULAR] },
];

/** Always loaded: they print every text and amount of the documents' own. */
export const BASE_SUBSETS: readonly string[] = ['latin', 'latin-ext'];

export function fontFile(packageName: string, subset: string, weight: number): string {
  return `${packageName}/files/${packageName}-${subset}-${weight}-normal.woff`;
}

/** Which code points each subset covers, as the package says. */
export function unicodeRangesFile(packageName: string): string {
  return `${packageName}/unicode.json`;
}

/** Every file that must lie in the fonts folder, as paths under `@fontsource/`; the licence goes along. */
export function allFontFiles(): string[] {
  const files = FONT_PACKAGES.flatMap(({ name, subsets, weights }) => [
    unicodeRangesFile(name),
    `${name}/LICENSE`,
    ...subsets.flatMap((subset) => weights.map((weight) => fontFile(name, subset, weight))),
  ]);
  return [...new Set(files)];
}
