import type { JSX } from 'react';

/** What the server finds for a text: filled in by the search. */
export function SearchResults(_props: { readonly query: string }): JSX.Element | null {
  return null;
}
