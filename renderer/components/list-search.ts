import { z } from 'zod';

/** What every list keeps in its address: text, order, and the row that the inspector shows. */
export const listSearch = z.object({
  search: z.string().optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
  open: z.string().optional().catch(undefined),
});

export type ListSearch = z.output<typeof listSearch>;

/** A filter with several values: `?status=draft&status=finalized`. */
export const listFilter = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .optional()
  .catch(undefined);

/** A filter with one value. */
export const textFilter = z.string().optional().catch(undefined);
