import { crc32, deflateSync } from 'node:zlib';

/** A whole RGB picture of one colour; the header may claim another size than the content has. */
export function pngLogo(width: number, height: number, claims: { claimedWidth?: number; claimedHeight?: number } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claims.claimedWidth ?? width, 0);
  header.writeUInt32BE(claims.claimedHeight ?? height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x55)]);
  const pixels = Buffer.concat(Array.from({ length: height }, () => row));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(pixels)), pngChunk('IEND')]);
}

export function pngChunk(type: string, content: Buffer = Buffer.alloc(0)): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}

/** The frame of a JPEG, 2 by 1 pixels, with an empty scan: enough for a file that embeds it as it is. */
export function jpegLogo(): Buffer {
  const frame = [0xff, 0xc0, 0, 17, 8, 0, 1, 0, 2, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1];
  const scan = [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0];
  return Buffer.from([0xff, 0xd8, ...frame, ...scan, 0xff, 0xd9]);
}
