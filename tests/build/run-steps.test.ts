import { describe, expect, test } from 'vitest';
import { runSteps, sumUp } from '../../build/run-steps.ts';
import type { Outcome, Step } from '../../build/run-steps.ts';

const step = (name: string, needs: readonly string[] = [], cores = 1): Step => ({ name, needs, cores });
const GOOD: Outcome = { passed: 1, failed: 0, notes: [] };
const BAD: Outcome = { passed: 3, failed: 2, notes: [] };

/** Runs the steps and writes down when each one starts and ends. */
async function follow(steps: readonly Step[], outcomeOf: (step: Step) => Outcome = () => GOOD) {
  const story: string[] = [];
  const outcomes = await runSteps(steps, 2, async (each) => {
    story.push(`+${each.name}`);
    await Promise.resolve();
    story.push(`-${each.name}`);
    return outcomeOf(each);
  });
  return { story, outcomes };
}

describe('steps', () => {
  test('run two at a time on two cores', async () => {
    const { story } = await follow([step('a'), step('b'), step('c')]);
    expect(story.slice(0, 2)).toEqual(['+a', '+b']);
    expect(story.indexOf('+c')).toBeGreaterThan(story.indexOf('-a'));
  });

  test('that keep both cores busy run alone', async () => {
    const { story } = await follow([step('a'), step('wide', [], 2), step('b')]);
    expect(story).toEqual(['+a', '+b', '-a', '-b', '+wide', '-wide']);
  });

  test('that ask for more cores than there are run nevertheless', async () => {
    const { story } = await follow([step('huge', [], 8)]);
    expect(story).toEqual(['+huge', '-huge']);
  });

  test('wait for what they need', async () => {
    const { story } = await follow([step('journey', ['build']), step('build')]);
    expect(story).toEqual(['+build', '-build', '+journey', '-journey']);
  });

  test('are not run after a failed need, and count as a failure', async () => {
    const { story, outcomes } = await follow([step('build'), step('journey', ['build'])], () => BAD);
    expect(story).toEqual(['+build', '-build']);
    expect(outcomes.get('journey')).toEqual({ passed: 0, failed: 1, notes: ['not run: build failed'] });
  });

  test('all run although one fails', async () => {
    const { outcomes } = await follow([step('a'), step('b'), step('c')], ({ name }) => (name === 'a' ? BAD : GOOD));
    expect([...outcomes.keys()].sort()).toEqual(['a', 'b', 'c']);
  });

  test('that wait for each other are named instead of hanging', async () => {
    await expect(follow([step('a', ['b']), step('b', ['a'])])).rejects.toThrow('these steps wait for each other: a, b');
  });
});

test('the sum is over all steps', () => {
  expect(sumUp([GOOD, BAD, { passed: 10, failed: 0, notes: ['2 skipped'] }])).toEqual({ passed: 14, failed: 2, notes: ['2 skipped'] });
});
