import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { drawIcon } from '../../build/icons/draw.ts';
import { makeIcons } from '../../build/icons/icon-files.ts';
import { ICNS_PLACES } from '../../build/icons/image-files.ts';
import { readIcon } from '../../build/icons/icon-shape.ts';

const root = join(import.meta.dirname, '../..');
const svg = readFileSync(join(root, 'renderer/icon.svg'), 'utf8');
const made = makeIcons(svg);

function committed(name: string): Buffer {
  return readFileSync(join(root, 'build/icons', name));
}

/** Width, height and rows of a PNG: two versions of zlib may pack the same picture differently. */
function unpackPng(png: Buffer) {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  const packed: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), rows: inflateSync(Buffer.concat(packed)) };
}

function unpackIco(ico: Buffer): readonly Buffer[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + index * 16;
    const start = ico.readUInt32LE(at + 12);
    const png = ico.subarray(start, start + ico.readUInt32LE(at + 8));
    expect(ico[at]).toBe(unpackPng(png).width % 256);
    return png;
  });
}

function unpackIcns(icns: Buffer): ReadonlyMap<string, Buffer> {
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    parts.set(icns.toString('latin1', at, at + 4), icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)));
  }
  return parts;
}

function pngsOf(name: string, bytes: Buffer): readonly Buffer[] {
  if (name.endsWith('.ico')) return unpackIco(bytes);
  return name.endsWith('.icns') ? [...unpackIcns(bytes).values()] : [bytes];
}

describe('the committed icons', () => {
  test('are all that the drawing gives, and nothing else', () => {
    const images = readdirSync(join(root, 'build/icons'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:png|ico|icns)$/.test(name),
    );
    expect(images.map((name) => name.replaceAll('\\', '/')).sort()).toEqual([...made.keys()].sort());
  });

  test.each([...made.keys()])('%s is what the script makes', (name) => {
    const fresh = pngsOf(name, made.get(name) ?? Buffer.alloc(0)).map(unpackPng);
    const kept = pngsOf(name, committed(name)).map(unpackPng);
    expect(kept.map(({ width, height }) => [width, height])).toEqual(fresh.map(({ width, height }) => [width, height]));
    expect(kept.every(({ rows }, index) => rows.equals(fresh[index]?.rows ?? Buffer.alloc(0)))).toBe(true);
  });
});

test("Windows' icon has the sizes that Windows shows, macOS' those of its places", () => {
  expect(unpackIco(committed('icon.ico')).map((png) => unpackPng(png).width)).toEqual([16, 24, 32, 48, 64, 128, 256]);
  const places = [...unpackIcns(committed('icon.icns'))].map(([place, png]) => [place, unpackPng(png).width]);
  expect(Object.fromEntries(places)).toEqual(ICNS_PLACES);
});

test('the picture is the drawing: ground, a bar, free corners', () => {
  const { pixels, width } = drawIcon(readIcon(svg), 64);
  const at = (x: number, y: number): readonly number[] => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  expect(at(0, 0)).toEqual([0, 0, 0, 0]);
  expect(at(32, 4)).toEqual([0x1f, 0x4f, 0xbf, 255]);
  // The second bar of four: x 13, from 8 to 24, in a drawing of 32.
  expect(at(26, 32)).toEqual([255, 255, 255, 255]);
});

test('a drawing that this cannot draw is refused', () => {
  expect(() => readIcon(svg.replace('<path', '<circle r="1"/><path'))).toThrow('not of one rect and one path');
  expect(() => readIcon(svg.replace('V13', 'C1 2 3'))).toThrow('not drawn here');
});
