import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_LOGO_BYTES, readLogo } from '../../../main/invoicing/pdf/logo-image.ts';
import { jpegLogo, pngChunk, pngLogo } from '../../support/logo-files.ts';
import { invoiceSnapshot } from '../../support/document-snapshots.ts';
import { renderAndRead } from '../../support/rendered-document.ts';

describe('a logo', () => {
  it('is taken as PNG or JPEG, with its size', () => {
    expect(readLogo(pngLogo(6, 4))).toMatchObject({ format: 'png', width: 6, height: 4 });
    expect(readLogo(jpegLogo())).toMatchObject({ format: 'jpeg', width: 2, height: 1 });
  });

  it('is printed once on the document', async () => {
    expect((await renderAndRead(invoiceSnapshot(), pngLogo(6, 4))).imageCount).toBe(1);
    expect((await renderAndRead(invoiceSnapshot(), jpegLogo())).imageCount).toBe(1);
  });

  const whole = pngLogo(6, 4);
  const badFilter = Uint8Array.from(
    Buffer.concat([whole.subarray(0, 33), pngChunk('IDAT', deflateSync(Buffer.alloc(4 * 19, 9))), pngChunk('IEND')]),
  );
  it.each([
    { name: 'is no image', bytes: Buffer.from('<svg onload="alert(1)"/>') },
    { name: 'is empty', bytes: new Uint8Array() },
    { name: 'is larger than 800 KB', bytes: Buffer.concat([whole, Buffer.alloc(MAX_LOGO_BYTES)]) },
    { name: 'is cut off', bytes: whole.subarray(0, whole.length - 20) },
    {
      name: 'has content that does not unpack',
      bytes: Buffer.concat([whole.subarray(0, 33), pngChunk('IDAT', Buffer.from('xxxx')), pngChunk('IEND')]),
    },
    { name: 'has rows of an unknown kind', bytes: badFilter },
    { name: 'unpacks to an enormous picture', bytes: pngLogo(6, 4, { claimedWidth: 60_000, claimedHeight: 60_000 }) },
    { name: 'is a JPEG without a frame', bytes: Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xd9]) },
  ])('that $name is refused, and the document is made without it', async ({ bytes }) => {
    expect(readLogo(bytes)).toBeNull();
    const document = await renderAndRead(invoiceSnapshot(), bytes);
    expect([document.imageCount, document.pages.length]).toEqual([0, 1]);
  });
});
