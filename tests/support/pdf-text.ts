import { inflateSync } from 'node:zlib';

// Reads the text of the PDFs that the app writes, through the fonts' own maps from glyphs to letters: what a viewer
// copies out. It knows the parts of the format that our files use, and throws on others.

export interface PdfPage {
  /** Top to bottom; the cells of one line from left to right, with a tab between two that do not touch. */
  readonly lines: readonly string[];
  /** All lines without any white space: for words that may stand across a line's end. */
  readonly compact: string;
  /** Where the text that reaches furthest to the right ends, in points. */
  readonly widest: number;
}

export interface PdfText {
  readonly pages: readonly PdfPage[];
  readonly info: Readonly<Record<string, string>>;
  readonly imageCount: number;
  readonly fontNames: readonly string[];
}

interface PdfObject {
  readonly text: string;
  readonly stream: string;
}

interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
}

export function readPdf(bytes: Uint8Array): PdfText {
  const objects = readObjects(Buffer.from(bytes).toString('latin1'));
  const find = (pattern: RegExp) => [...objects.values()].filter(({ text }) => pattern.test(text));
  const pageIds = [...(find(/\/Type \/Pages\b/)[0]?.text.match(/\/Kids \[([^\]]*)\]/)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, id]) =>
    Number(id),
  );
  return {
    pages: pageIds.map((id) => readPage(objectAt(objects, id), objects)),
    info: readInfo(objects),
    imageCount: find(/\/Subtype \/Image[\s\S]*\/ColorSpace \/DeviceRGB/).length,
    fontNames: find(/\/Type \/FontDescriptor/).map(({ text }) => text.match(/\/FontName \/\w+\+(\S+)/)?.[1] ?? ''),
  };
}

function readObjects(file: string): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>();
  const header = /(\d+) 0 obj\n/g;
  for (let match = header.exec(file); match !== null; match = header.exec(file)) {
    const start = header.lastIndex;
    const streamAt = file.indexOf('\nstream\n', start);
    const endAt = file.indexOf('\nendobj', start);
    const hasStream = streamAt !== -1 && streamAt < endAt;
    const text = file.slice(start, hasStream ? streamAt : endAt);
    const length = Number(text.match(/\/Length (\d+)/)?.[1] ?? 0);
    const streamStart = streamAt + '\nstream\n'.length;
    objects.set(Number(match[1]), { text, stream: hasStream ? unpack(text, file.slice(streamStart, streamStart + length)) : '' });
    header.lastIndex = hasStream ? streamStart + length : endAt;
  }
  return objects;
}

function unpack(dictionary: string, stream: string): string {
  if (!dictionary.includes('/FlateDecode') || dictionary.includes('/Image')) return stream;
  return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
}

function objectAt(objects: ReadonlyMap<number, PdfObject>, id: number): PdfObject {
  const object = objects.get(id);
  if (object === undefined) throw new Error(`the PDF has no object ${id}`);
  return object;
}

function reference(text: string, key: string): number {
  const id = text.match(new RegExp(`/${key} (?:\\[)?(\\d+) 0 R`))?.[1];
  if (id === undefined) throw new Error(`no ${key} in ${text}`);
  return Number(id);
}

interface PageFont {
  readonly letters: ReadonlyMap<number, string>;
  readonly widths: readonly number[];
}

function readPage(page: PdfObject, objects: ReadonlyMap<number, PdfObject>): PdfPage {
  const resources = objectAt(objects, reference(page.text, 'Resources')).text;
  const fontList = resources.match(/\/Font <<([\s\S]*?)>>/)?.[1] ?? '';
  const fonts = new Map(
    [...fontList.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name, id]) => [name ?? '', readFont(objectAt(objects, Number(id)), objects)]),
  );
  const height = Number(page.text.match(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/)?.[1]);
  const texts = placeTexts(objectAt(objects, reference(page.text, 'Contents')).stream, fonts);
  // What is drawn below the edge of the paper is lost to the reader.
  return arrangePage(texts.filter(({ y }) => y > 0 && y < height));
}

function readFont(font: PdfObject, objects: ReadonlyMap<number, PdfObject>): PageFont {
  const descendant = objectAt(objects, reference(font.text, 'DescendantFonts')).text;
  const map = objectAt(objects, reference(font.text, 'ToUnicode')).stream;
  const letters = new Map<number, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, hex = ''], index) => letters.set(parseInt(first, 16) + index, fromUtf16(hex)));
  }
  return { letters, widths: (descendant.match(/\/W \[0 \[([^\]]*)\]/)?.[1] ?? '').split(' ').map(Number) };
}

function fromUtf16(hex: string): string {
  return (hex.replace(/ /g, '').match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join('');
}

type Matrix = readonly [number, number, number, number, number, number];

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ];
}

/** Follows the drawing operators that move and print text. */
function placeTexts(content: string, fonts: ReadonlyMap<string, PageFont>): PlacedText[] {
  const texts: PlacedText[] = [];
  const saved: { matrix: Matrix }[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  let textMatrix: Matrix = matrix;
  let font: PageFont | undefined;
  let size = 0;
  let operands: string[] = [];
  for (const [token] of content.matchAll(/\[[^\]]*\]|<[0-9a-f]*>|\/\w+|[^\s[\]<>]+/g)) {
    if (/^[[</\-.\d]/.test(token)) {
      operands.push(token);
      continue;
    }
    if (token === 'q') saved.push({ matrix });
    else if (token === 'Q') matrix = saved.pop()?.matrix ?? matrix;
    else if (token === 'cm') matrix = multiply(operands.slice(-6).map(Number) as unknown as Matrix, matrix);
    else if (token === 'Tm') textMatrix = operands.slice(-6).map(Number) as unknown as Matrix;
    else if (token === 'Tf') {
      font = fonts.get((operands.at(-2) ?? '').slice(1));
      size = Number(operands.at(-1));
    } else if (token === 'TJ' && font !== undefined) {
      const [, , , , x, y] = multiply(textMatrix, matrix);
      const { text, width } = decode(operands.at(-1) ?? '', font);
      texts.push({ x, y, text, width: (width * size) / 1000 });
    }
    operands = [];
  }
  return texts;
}

function decode(operand: string, font: PageFont): { text: string; width: number } {
  let text = '';
  let width = 0;
  for (const [, hex, adjustment] of operand.matchAll(/<([0-9a-f]*)>|(-?[\d.]+)/g)) {
    for (const glyph of (hex ?? '').match(/.{4}/g) ?? []) {
      const id = parseInt(glyph, 16);
      text += font.letters.get(id) ?? '\ufffd';
      width += font.widths[id] ?? 0;
    }
    width -= Number(adjustment ?? 0);
  }
  return { text, width };
}

function arrangePage(texts: readonly PlacedText[]): PdfPage {
  const rows = new Map<number, PlacedText[]>();
  for (const text of texts) {
    const y = [...rows.keys()].find((known) => Math.abs(known - text.y) < 1.5) ?? text.y;
    rows.set(y, [...(rows.get(y) ?? []), text]);
  }
  const lines = [...rows].sort(([a], [b]) => b - a).map(([, row]) => joinRow(row));
  const widest = Math.max(0, ...texts.map(({ x, width }) => x + width));
  return { lines, compact: lines.join('').replace(/\s/g, ''), widest };
}

function joinRow(row: readonly PlacedText[]): string {
  let line = '';
  let end = Number.NEGATIVE_INFINITY;
  for (const { x, width, text } of [...row].sort((a, b) => a.x - b.x)) {
    line += line !== '' && x - end > 4 ? `\t${text}` : text;
    end = x + width;
  }
  return line.trim();
}

function readInfo(objects: ReadonlyMap<number, PdfObject>): Record<string, string> {
  const info = [...objects.values()].find(({ text }) => text.includes('/CreationDate'))?.text ?? '';
  return Object.fromEntries(
    [...info.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, key, id]) => [key ?? '', readLiteral(objectAt(objects, Number(id)).text)]),
  );
}

/** `(text)`, in Latin letters or as UTF-16 with its mark. */
function readLiteral(text: string): string {
  const content = text.slice(1, -1).replace(/\\([\\()])/g, '$1');
  if (!content.startsWith('\u00fe\u00ff')) return content;
  return fromUtf16(Buffer.from(content.slice(2), 'latin1').toString('hex'));
}
