import type { Colour, IconShape } from './icon-shape.ts';

/** Rows of red, green, blue, alpha. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Whether a point lies in a shape, by how far outside its edge it is: negative inside. */
type Distance = (x: number, y: number) => number;

interface Layer {
  readonly colour: Colour;
  readonly distance: Distance;
}

/** The app's icon, `margin` of the edge left free on each side (macOS wants a tenth). */
export function drawIcon(shape: IconShape, edge: number, margin = 0): Picture {
  const scale = (edge * (1 - 2 * margin)) / shape.size;
  const shift = edge * margin;
  const half = shape.size / 2;
  const toShape = (distance: Distance): Distance => {
    return (x, y) => distance((x - shift) / scale, (y - shift) / scale) * scale;
  };
  const ground = toShape((x, y) => roundedBox(x - half, y - half, { width: half, height: half, radius: shape.cornerRadius }));
  const ink = toShape((x, y) =>
    Math.min(...shape.strokes.map((stroke) => Math.hypot(x - stroke.x, y - clamp(y, stroke.from, stroke.to)) - shape.strokeWidth / 2)),
  );
  return paint(edge, [
    { colour: shape.ground, distance: ground },
    { colour: shape.ink, distance: ink },
  ]);
}

const PAPER: Colour = [255, 255, 255];
const PAPER_EDGE: Colour = [173, 181, 189];

/** A sheet of paper with the app's mark on it: a workspace's folder file, or an invoice on its way out of the window. */
export function drawDocument(shape: IconShape, edge: number): Picture {
  const half = edge / 2;
  const sheet = (inset: number): Distance => {
    const box = { width: edge * 0.37 - inset, height: edge * 0.48 - inset, radius: edge * 0.06 };
    return (x, y) => roundedBox(x - half, y - half, box);
  };
  const paper = paint(edge, [
    { colour: PAPER_EDGE, distance: sheet(0) },
    { colour: PAPER, distance: sheet(Math.max(1, edge / 48)) },
  ]);
  const markEdge = Math.round(edge * 0.45);
  return lay(drawIcon(shape, markEdge), paper, Math.round((edge - markEdge) / 2));
}

function roundedBox(x: number, y: number, box: { readonly width: number; readonly height: number; readonly radius: number }): number {
  const [right, below] = [Math.abs(x) - box.width + box.radius, Math.abs(y) - box.height + box.radius];
  return Math.hypot(Math.max(right, 0), Math.max(below, 0)) + Math.min(Math.max(right, below), 0) - box.radius;
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(Math.max(value, from), to);
}

/** Half a pixel on either side of an edge is blended, so that edges look smooth. */
function paint(edge: number, layers: readonly Layer[]): Picture {
  const pixels = new Uint8Array(edge * edge * 4);
  for (let row = 0; row < edge; row += 1) {
    for (let column = 0; column < edge; column += 1) {
      const at = (row * edge + column) * 4;
      for (const { colour, distance } of layers) blend(pixels, at, [...colour, clamp(0.5 - distance(column + 0.5, row + 0.5), 0, 1)]);
    }
  }
  return { width: edge, height: edge, pixels };
}

/** Lays one colour, as thick as its last number from 0 to 1, over what is there. */
function blend(pixels: Uint8Array, at: number, [red, green, blue, cover]: readonly [number, number, number, number]): void {
  const below = ((pixels[at + 3] ?? 0) / 255) * (1 - cover);
  const alpha = cover + below;
  if (alpha === 0) return;
  [red, green, blue].forEach((value, index) => {
    pixels[at + index] = Math.round((value * cover + (pixels[at + index] ?? 0) * below) / alpha);
  });
  pixels[at + 3] = Math.round(alpha * 255);
}

function lay(top: Picture, under: Picture, offset: number): Picture {
  const pixels = under.pixels.slice();
  for (let row = 0; row < top.height; row += 1) {
    for (let column = 0; column < top.width; column += 1) {
      const from = (row * top.width + column) * 4;
      const [red = 0, green = 0, blue = 0, alpha = 0] = top.pixels.subarray(from, from + 4);
      blend(pixels, ((row + offset) * under.width + column + offset) * 4, [red, green, blue, alpha / 255]);
    }
  }
  return { ...under, pixels };
}
