import { inflateSync } from 'node:zlib';
import { assert } from '../../../shared/assert.ts';

/** `wOFF`: the tables of a font, each packed by itself. */
const WOFF_SIGNATURE = 0x774f4646;
/** `name` */
const NAME_TABLE = 0x6e616d65;
const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;
const SFNT_HEADER_BYTES = 12;
const SFNT_ENTRY_BYTES = 16;

interface FontTable {
  readonly tag: number;
  readonly checksum: number;
  readonly content: Buffer;
}

/**
 * Unpacks a WOFF file into the plain font it holds, under a name of its own.
 * The PDF library reads WOFF too, but unpacks the table of outlines again for each document: more than half of the
 * time that a one-page invoice takes. And it takes the parts of one typeface, which all bear its name, for one font
 * whose content has changed: it would embed a part again each time that the text comes back to it.
 */
export function unpackWoff(woff: Buffer, name: string): Buffer {
  assert(woff.readUInt32BE(0) === WOFF_SIGNATURE, 'the font files are WOFF');
  const flavor = woff.readUInt32BE(4);
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => readTable(woff, WOFF_HEADER_BYTES + index * WOFF_ENTRY_BYTES)).map((table) =>
    table.tag === NAME_TABLE ? { ...table, content: writeNames(name) } : table,
  );
  return writeFont(flavor, tables);
}

function readTable(woff: Buffer, at: number): FontTable {
  const offset = woff.readUInt32BE(at + 4);
  const packedLength = woff.readUInt32BE(at + 8);
  const length = woff.readUInt32BE(at + 12);
  const packed = woff.subarray(offset, offset + packedLength);
  // A table that packing would not make smaller is stored as it is.
  const content = packedLength < length ? inflateSync(packed) : packed;
  assert(content.length === length, 'a font table unpacks to the length that the file says');
  return { tag: woff.readUInt32BE(at), checksum: woff.readUInt32BE(at + 16), content };
}

/** Family, full and PostScript name, in the one encoding that every reader knows: Windows, UTF-16, English. */
const NAME_IDS = [1, 4, 6];
const NAMES_HEADER_BYTES = 6;
const NAME_RECORD_BYTES = 12;

function writeNames(name: string): Buffer {
  const text = Buffer.from(name, 'utf16le').swap16();
  const header = Buffer.alloc(NAMES_HEADER_BYTES + NAME_IDS.length * NAME_RECORD_BYTES);
  header.writeUInt16BE(NAME_IDS.length, 2);
  header.writeUInt16BE(header.length, 4);
  NAME_IDS.forEach((id, index) => {
    [3, 1, 0x409, id, text.length, 0].forEach((value, field) => {
      header.writeUInt16BE(value, NAMES_HEADER_BYTES + index * NAME_RECORD_BYTES + field * 2);
    });
  });
  return Buffer.concat([header, text]);
}

function writeFont(flavor: number, tables: readonly FontTable[]): Buffer {
  const directoryBytes = SFNT_HEADER_BYTES + tables.length * SFNT_ENTRY_BYTES;
  const font = Buffer.alloc(tables.reduce((length, { content }) => length + padded(content.length), directoryBytes));
  const largestPower = 2 ** Math.floor(Math.log2(tables.length));
  font.writeUInt32BE(flavor, 0);
  font.writeUInt16BE(tables.length, 4);
  font.writeUInt16BE(largestPower * SFNT_ENTRY_BYTES, 6);
  font.writeUInt16BE(Math.log2(largestPower), 8);
  font.writeUInt16BE((tables.length - largestPower) * SFNT_ENTRY_BYTES, 10);
  let offset = directoryBytes;
  tables.forEach(({ tag, checksum, content }, index) => {
    const at = SFNT_HEADER_BYTES + index * SFNT_ENTRY_BYTES;
    font.writeUInt32BE(tag, at);
    font.writeUInt32BE(checksum, at + 4);
    font.writeUInt32BE(offset, at + 8);
    font.writeUInt32BE(content.length, at + 12);
    content.copy(font, offset);
    offset += padded(content.length);
  });
  return font;
}

/** Tables begin on multiples of four bytes. */
function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
