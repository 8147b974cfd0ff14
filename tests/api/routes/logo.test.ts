import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jpegLogo, pngLogo } from '../../support/logo-files.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine();
});
afterEach(() => app.close());

const set = (content: Buffer | string) =>
  app.api.put('/organizations/logo', { logo: { content_base64: typeof content === 'string' ? content : content.toString('base64') } });
const logoFiles = (): readonly string[] => readdirSync(join(app.folder, 'files')).filter((name) => name.startsWith('logo-'));

describe('the logo', () => {
  it('is a PNG or a JPEG, read back as it was given', async () => {
    const png = pngLogo(4, 2);
    const shown = {
      logo: { content_type: 'image/png', content_base64: png.toString('base64'), width: 4, height: 2, size_bytes: png.length },
    };
    expect(await set(png)).toMatchObject({ status: 200, body: shown });
    expect((await app.api.get('/organizations/logo')).body).toEqual(shown);
    expect(await set(`data:image/jpeg;base64,${jpegLogo().toString('base64')}`)).toMatchObject({
      body: { logo: { content_type: 'image/jpeg' } },
    });
  });

  it('is kept under a name made from its content, once', async () => {
    await set(pngLogo(4, 2));
    const [first] = logoFiles();
    expect(first).toMatch(/^logo-[0-9a-f]{32}\.png$/);
    await set(pngLogo(4, 2));
    expect(logoFiles()).toEqual([first]);
    await set(pngLogo(3, 3));
    expect(logoFiles()).toHaveLength(2);
  });

  it('is removed, while its file stays for the documents that carry it', async () => {
    expect(await app.api.get('/organizations/logo')).toMatchObject({ status: 404, body: { code: 'logo_not_found' } });
    await set(pngLogo(4, 2));
    expect(await app.api.delete('/organizations/logo')).toMatchObject({ status: 200, body: { logo: { width: 4 } } });
    expect(await app.api.get('/organizations/logo')).toMatchObject({ status: 404 });
    expect(await app.api.delete('/organizations/logo')).toMatchObject({ status: 404, body: { code: 'logo_not_found' } });
    expect(logoFiles()).toHaveLength(1);
  });

  it.each([
    { name: 'text', content: Buffer.from('a picture'), code: 'invalid_format' },
    { name: 'no base64', content: 'a picture!', code: 'invalid_format' },
    { name: 'an SVG', content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), code: 'invalid_format' },
    { name: 'more than 800 KB', content: Buffer.alloc(800 * 1024 + 1), code: 'value_is_out_of_range' },
    { name: 'nothing', content: '', code: 'value_is_mandatory' },
  ])('is not $name', async ({ content, code }) => {
    expect(await set(content)).toMatchObject({ status: 422, body: { error_details: { content_base64: [code] } } });
    expect(await app.api.put('/organizations/logo', { logo: {} })).toMatchObject({ status: 400 });
    expect(await app.api.put('/organizations/logo', { logo: { content_base64: null } })).toMatchObject({ status: 422 });
  });
});
