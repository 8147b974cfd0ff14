const LETTERS = 40;

/** A name as it fits on a button. */
export function shortName(name: string): string {
  const letters = [...name];
  return letters.length <= LETTERS ? name : `${letters.slice(0, LETTERS - 1).join('')}…`;
}
