/**
 * Owns: finding objects by a few typed letters, best first.
 * Does not own: the texts it looks through (database/search-queries.ts; triggers of migration 0005 keep them).
 * Start reading at: search.ts.
 */
export { searchBooks } from './search.ts';
