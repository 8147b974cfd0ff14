import { drawDocument, drawIcon } from './draw.ts';
import type { Picture } from './draw.ts';
import { encodeIcns, encodeIco, encodePng } from './image-files.ts';
import { readIcon } from './icon-shape.ts';

const ICO_EDGES = [16, 24, 32, 48, 64, 128, 256];
const LINUX_EDGES = [16, 24, 32, 48, 64, 128, 256, 512];
/** Apple's icons keep a tenth of their edge free. */
const MAC_MARGIN = 0.1;
const TRAY_EDGE = 22;
const DRAG_EDGE = 64;

/** What `dist/main/icons` gets, the only icons that the running app reads itself: name there → name here. */
export const RUNTIME_ICONS: Readonly<Record<string, string>> = {
  'tray.png': 'tray.png',
  // Electron takes it by this name where a screen has two dots to a point.
  'tray@2x.png': 'tray-double.png',
  'document.png': 'document.png',
};

/** Every icon of the project by its name below build/icons. */
export function makeIcons(svg: string): ReadonlyMap<string, Buffer> {
  const shape = readIcon(svg);
  const ico = (draw: (edge: number) => Picture): Buffer => encodeIco(new Map(ICO_EDGES.map((edge) => [edge, encodePng(draw(edge))])));
  return new Map([
    ['icon.ico', ico((edge) => drawIcon(shape, edge))],
    ['icon.icns', encodeIcns((edge) => encodePng(drawIcon(shape, edge, MAC_MARGIN)))],
    ['document.ico', ico((edge) => drawDocument(shape, edge))],
    ['document.icns', encodeIcns((edge) => encodePng(drawDocument(shape, edge)))],
    ['document.png', encodePng(drawDocument(shape, DRAG_EDGE))],
    ['tray.png', encodePng(drawIcon(shape, TRAY_EDGE))],
    ['tray-double.png', encodePng(drawIcon(shape, TRAY_EDGE * 2))],
    ...LINUX_EDGES.map((edge) => [`linux/${edge}x${edge}.png`, encodePng(drawIcon(shape, edge))] as const),
  ]);
}
