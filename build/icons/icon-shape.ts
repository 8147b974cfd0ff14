// The few shapes of renderer/icon.svg: one rounded square and upright strokes with round ends.

interface Stroke {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

export interface IconShape {
  /** The drawing's own width and height. */
  readonly size: number;
  readonly cornerRadius: number;
  readonly ground: Colour;
  readonly strokes: readonly Stroke[];
  readonly strokeWidth: number;
  readonly ink: Colour;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** Reads the drawing. What this does not know is refused: an icon that is silently not the drawing helps nobody. */
export function readIcon(svg: string): IconShape {
  const elements = [...svg.matchAll(/<(\w+)/g)].map((match) => match[1]);
  if (elements.join(' ') !== 'svg rect path') throw new Error(`the icon is made of ${elements.join(', ')}, not of one rect and one path`);
  const [, size = ''] = found(svg, /viewBox="0 0 (\d+) \1"/);
  const [, rx = '', ground = ''] = found(svg, new RegExp(`<rect width="${size}" height="${size}" rx="(\\d+)" fill="(#\\w+)"`));
  const [, path = '', ink = '', strokeWidth = ''] = found(
    svg,
    /<path d="([^"]+)" stroke="(#\w+)" stroke-width="(\d+)" stroke-linecap="round" fill="none"/,
  );
  return {
    size: Number(size),
    cornerRadius: Number(rx),
    ground: readColour(ground),
    strokes: readStrokes(path),
    strokeWidth: Number(strokeWidth),
    ink: readColour(ink),
  };
}

function found(svg: string, pattern: RegExp): RegExpExecArray {
  const match = pattern.exec(svg);
  if (match === null) throw new Error(`the icon has nothing like ${pattern.source}`);
  return match;
}

/** `#abc` and `#aabbcc`. */
function readColour(text: string): Colour {
  const digits = text.length === 4 ? [...text.slice(1)].map((digit) => digit + digit) : (text.slice(1).match(/../g) ?? []);
  const [red, green, blue] = digits.map((pair) => Number.parseInt(pair, 16));
  if (red === undefined || green === undefined || blue === undefined) throw new Error(`${text} is no colour`);
  return [red, green, blue];
}

/** A move and an upright line, again and again; small letters count from where the last one ended. */
function readStrokes(path: string): readonly Stroke[] {
  const strokes: Stroke[] = [];
  let [x, y] = [0, 0];
  for (const [, letter = '', numbers = ''] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const [first = Number.NaN, second = Number.NaN] = numbers
      .trim()
      .split(/[\s,]+|(?=-)/)
      .map(Number);
    switch (letter) {
      case 'M':
        [x, y] = [first, second];
        break;
      case 'm':
        [x, y] = [x + first, y + second];
        break;
      case 'V':
      case 'v': {
        const end = letter === 'V' ? first : y + first;
        strokes.push({ x, from: Math.min(y, end), to: Math.max(y, end) });
        y = end;
        break;
      }
      default:
        throw new Error(`the icon's path has a ${letter}, which is not drawn here`);
    }
  }
  return strokes;
}
