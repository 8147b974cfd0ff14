/** A word with more wrong letters than these is another word. */
const MAX_DISTANCE = 3;
const MAX_SUGGESTIONS = 3;
/** A catalog beyond this is not searched for likely spellings. */
const MAX_CANDIDATES = 2_000;

/** The candidates that are spelled nearly like a word, the nearest first. */
export function nearestSpellings(word: string, candidates: readonly string[]): readonly string[] {
  const allowed = Math.min(MAX_DISTANCE, Math.max(1, Math.floor(word.length / 3)));
  return candidates
    .slice(0, MAX_CANDIDATES)
    .filter((candidate) => candidate !== word && Math.abs(candidate.length - word.length) <= allowed)
    .map((candidate) => ({ candidate, distance: spellingDistance(plain(word), plain(candidate)) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((one, other) => one.distance - other.distance || (one.candidate < other.candidate ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map(({ candidate }) => candidate);
}

/** Case and the kind of dash are the commonest differences of all. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-. ]/g, '_');
}

/** How many letters must be put in, left out, changed or swapped with their neighbour to make one word of the other. */
export function spellingDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const changed = (last[column - 1] ?? 0) + (isSame ? 0 : 1);
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swapped = isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, changed, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? one.length;
}
