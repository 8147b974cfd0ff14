// What is done to text before it is printed. None of it depends on fonts: see document-fonts.ts for coverage.

/** Lone surrogates, controls, direction overrides and invisible separators: they print nothing, or change what is read. */
const UNPRINTABLE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Text that the fonts and the line breaking can work with; its line breaks are kept. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/\u202f/g, '\u00a0')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(UNPRINTABLE, '');
}

/** Names and addresses are one line, whatever was typed. */
export function toOneLine(text: string): string {
  return text.replace(/[ \n]+/g, ' ').trim();
}

/** Footers and descriptions keep their line breaks, but not pages of empty lines. */
export function toParagraphs(text: string): string {
  return text
    .replace(/ *\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const STRONG_RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const STRONG_LETTER = /\p{L}/u;

/** A text reads in the direction of its first letter. */
export function readsRightToLeft(text: string): boolean {
  const letter = STRONG_LETTER.exec(text);
  return letter !== null && STRONG_RIGHT_TO_LEFT.test(letter[0]);
}

/** Words up to this length are kept whole: the narrowest column holds them. */
const LONGEST_WHOLE_WORD = 18;
const WRITTEN_WITHOUT_SPACES =
  /[\u2e80-\u2fdf\u3000-\u30ff\u3130-\u318f\u31f0-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;
/** Closing marks may not begin a line, opening ones may not end it. */
const NOT_AT_LINE_START = /^[、。，．・：；？！」』）］｝〉》】〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々)\]}.,;:!?]/;
const NOT_AT_LINE_END = /[「『（［｛〈《【〔([{]$/;
const AFTER_PUNCTUATION = /(?<=[-_/@.,;:&?=+])/;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The parts of a word between which a line may end. The library hyphenates between two parts that follow
 * each other, but not around an empty one, so empty parts are put between: a name is broken as it is written.
 */
export function breakableParts(word: string): string[] {
  const isSpaceless = WRITTEN_WITHOUT_SPACES.test(word);
  if (word.length <= LONGEST_WHOLE_WORD && !isSpaceless) return [word];
  const pieces = word
    .split(AFTER_PUNCTUATION)
    .flatMap((piece) => (isSpaceless || piece.length > LONGEST_WHOLE_WORD ? splitLetters(piece) : [piece]));
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : ['', piece]));
}

function splitLetters(word: string): string[] {
  const parts: string[] = [];
  for (const { segment } of graphemes.segment(word)) {
    const previous = parts.at(-1);
    if (previous !== undefined && (NOT_AT_LINE_START.test(segment) || NOT_AT_LINE_END.test(previous)))
      parts[parts.length - 1] = previous + segment;
    else parts.push(segment);
  }
  return parts;
}
