/** One check of the test command. */
export interface Step {
  readonly name: string;
  /** Names of steps that must have passed before this one can say anything. */
  readonly needs: readonly string[];
  /** How many cores it keeps busy. */
  readonly cores: number;
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** What is worth reading although nothing failed: skipped tests, checks left out. */
  readonly notes: readonly string[];
}

/**
 * Runs every step once, as many at a time as the cores allow, in the order of the list. A step whose need failed is not
 * run and counts as one failure: a missing step must not look like a passed one.
 */
export async function runSteps<S extends Step>(
  steps: readonly S[],
  cores: number,
  run: (step: S) => Promise<Outcome>,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const running = new Map<S, Promise<void>>();
  let waiting = steps;
  while (waiting.length > 0 || running.size > 0) {
    const busy = [...running.keys()].reduce((sum, step) => sum + step.cores, 0);
    const fits = (step: S): boolean => running.size === 0 || busy + step.cores <= cores;
    const next = waiting.find((step) => step.needs.every((need) => outcomes.has(need)) && fits(step));
    if (next === undefined) {
      if (running.size === 0) throw new Error(`these steps wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
      await Promise.race(running.values());
      continue;
    }
    waiting = waiting.filter((step) => step !== next);
    const failedNeed = next.needs.find((need) => outcomes.get(need)?.failed !== 0);
    if (failedNeed !== undefined) {
      outcomes.set(next.name, { passed: 0, failed: 1, notes: [`not run: ${failedNeed} failed`] });
      continue;
    }
    const finish = run(next).then((outcome) => {
      outcomes.set(next.name, outcome);
      running.delete(next);
    });
    running.set(next, finish);
  }
  return outcomes;
}

export function sumUp(outcomes: Iterable<Outcome>): Outcome {
  let passed = 0;
  let failed = 0;
  const notes: string[] = [];
  for (const outcome of outcomes) {
    passed += outcome.passed;
    failed += outcome.failed;
    notes.push(...outcome.notes);
  }
  return { passed, failed, notes };
}
