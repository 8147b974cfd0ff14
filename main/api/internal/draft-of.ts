import { z } from 'zod';
import { checkedBody, type CheckedBody } from '../checked-body.ts';

/** An object that is still being written, inside a larger body: what can be read of it, and what cannot. */
export function draftOf<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): z.ZodType<CheckedBody<z.output<z.ZodObject<Shape>>>> {
  return z
    .record(z.string(), z.unknown())
    .pipe(checkedBody(schema) as z.ZodType<CheckedBody<z.output<z.ZodObject<Shape>>>, Record<string, unknown>>);
}
