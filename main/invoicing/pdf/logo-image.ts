import { inflateSync } from 'node:zlib';

/** Rule: invoicing.md § 11, "User-editable". */
export const MAX_LOGO_BYTES = 800 * 1024;
/** A small file can hold an image that fills the memory when it is unpacked. */
const MAX_LOGO_PIXELS = 8_000_000;

export type LogoFormat = 'png' | 'jpeg';

export interface LogoImage {
  readonly bytes: Uint8Array;
  readonly format: LogoFormat;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

type Size = Pick<LogoImage, 'width' | 'height'>;

/** The image, where it is a whole PNG or JPEG of acceptable size; else null. A name or a type sent along proves nothing. */
export function readLogo(bytes: Uint8Array): LogoImage | null {
  if (bytes.length > MAX_LOGO_BYTES) return null;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = startsWith(view, PNG_SIGNATURE) ? 'png' : startsWith(view, JPEG_SIGNATURE) ? 'jpeg' : null;
  if (format === null) return null;
  const size = format === 'png' ? wholePngSize(view) : readableJpegSize(view);
  return size === null ? null : { bytes, format, ...size };
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG_SIGNATURE = [0xff, 0xd8, 0xff];

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Values of one pixel by colour type: grey, RGB, palette, grey with alpha, RGBA. */
const PNG_CHANNELS = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** The passes of an interlaced image: first column and row, then the steps. */
const INTERLACED_PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const WHOLE_IMAGE = [[0, 0, 1, 1]] as const;

/** The PDF library unpacks a PNG outside any catch: only one that unpacks is let through. */
function wholePngSize(bytes: Buffer): Size | null {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  const bitDepth = bytes.readUInt8(24);
  const colorType = bytes.readUInt8(25);
  const channels = PNG_CHANNELS.get(colorType);
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(bitDepth)) return null;
  if (!isAcceptable(size)) return null;
  const chunks = readPngChunks(bytes);
  if (chunks === null || (colorType === 3 && !chunks.some(({ type }) => type === 'PLTE'))) return null;
  const pixels = inflate(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content)));
  const isWhole =
    pixels !== null && hasWholeRows(pixels, { ...size, pixelBits: channels * bitDepth, isInterlaced: bytes.readUInt8(28) === 1 });
  return isWhole ? size : null;
}

interface PngLayout extends Size {
  readonly pixelBits: number;
  readonly isInterlaced: boolean;
}

/** Each row begins with the number of its filter, 0 to 4. */
function hasWholeRows(pixels: Buffer, layout: PngLayout): boolean {
  let at = 0;
  for (const [left, top, stepX, stepY] of layout.isInterlaced ? INTERLACED_PASSES : WHOLE_IMAGE) {
    const columns = Math.ceil((layout.width - left) / stepX);
    const rows = Math.ceil((layout.height - top) / stepY);
    if (columns <= 0) continue;
    const rowBytes = 1 + Math.ceil((columns * layout.pixelBits) / 8);
    for (let row = 0; row < rows; row += 1, at += rowBytes) {
      if (at + rowBytes > pixels.length || pixels.readUInt8(at) > 4) return false;
    }
  }
  return true;
}

interface PngChunk {
  readonly type: string;
  readonly content: Buffer;
}

function readPngChunks(bytes: Buffer): PngChunk[] | null {
  const chunks: PngChunk[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > bytes.length) return null;
    if (type === 'IEND') return chunks;
    chunks.push({ type, content: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return null;
}

function inflate(packed: Buffer): Buffer | null {
  try {
    return inflateSync(packed, { maxOutputLength: MAX_LOGO_PIXELS * 8 + 65_536 });
  } catch (error) {
    // Broken or oversized content is an expected refusal; anything else is a bug.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** A JPEG is embedded as it is; its frame header must be there, because the PDF takes the size from it. */
function readableJpegSize(bytes: Buffer): Size | null {
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    const isFrameHeader = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (!isFrameHeader) continue;
    const size = { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    const endsWhole = bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > at;
    return endsWhole && isAcceptable(size) ? size : null;
  }
  return null;
}

function isAcceptable({ width, height }: Size): boolean {
  return width > 0 && height > 0 && width * height <= MAX_LOGO_PIXELS;
}
