import { z } from 'zod';

/** The `meta` of every list. Rule: api.md § 1 "Pagination". */
export const pageMetaAnswer = z.object({
  current_page: z.int(),
  next_page: z.int().nullable(),
  prev_page: z.int().nullable(),
  total_pages: z.int(),
  total_count: z.int(),
});
