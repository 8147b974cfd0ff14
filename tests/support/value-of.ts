import type { Result } from '../../shared/result.ts';

/** The value of a command that a test expects to succeed. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
