import { z } from 'zod';

/** Base64 of a PNG or JPEG, with or without a `data:image/…;base64,` before it. */
const BASE64 = /^(?:data:image\/[a-z+.-]+;base64,)?([A-Za-z0-9+/\s]+={0,2}\s*)$/;

/** Body of `PUT /organizations/logo`. */
export const logoInput = z.object({
  content_base64: z
    .string()
    .min(1)
    .meta({ contentEncoding: 'base64', description: 'A PNG or JPEG of at most 800 KB' })
    .transform((sent, context) => {
      const content = BASE64.exec(sent)?.[1];
      if (content !== undefined) return content;
      context.issues.push({ code: 'custom', message: 'invalid_format', input: sent });
      return z.NEVER;
    }),
});

/** The logo of the documents to come. */
export const logoAnswer = z.object({
  content_type: z.enum(['image/png', 'image/jpeg']),
  content_base64: z.string(),
  width: z.int(),
  height: z.int(),
  size_bytes: z.int(),
});

export type LogoAnswer = z.output<typeof logoAnswer>;
