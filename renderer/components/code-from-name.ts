/** A code from a name: `Search requests (v2)` → `search_requests_v2`. Letters that have no Latin form go; the user may write any code. */
export function codeFromName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}
