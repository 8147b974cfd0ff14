import { describe, expect, it } from 'vitest';
import { nearestSpellings, spellingDistance } from '../../../main/usage/debugger/suggestions.ts';

describe('what was meant', () => {
  it.each([
    ['serach', 'search', 1],
    ['search', 'search', 0],
    ['serch', 'search', 1],
    ['searchh', 'search', 1],
    ['sxyrch', 'search', 2],
    ['', 'abc', 3],
    ['abc', '', 3],
  ])('%s is %s after so many changes', (one, other, distance) => {
    expect(spellingDistance(one, other)).toBe(distance);
  });

  it.each([
    ['serach_requests', ['search_requests']],
    ['Search-Requests', ['search_requests']],
    ['recommend_requests', ['recommended_requests']],
    ['api', ['apis']],
    ['storage', []],
    ['search_requests', []],
  ])('%s', (word, meant) => {
    expect(nearestSpellings(word, ['search_requests', 'recommended_requests', 'apis', 'seats'])).toEqual(meant);
  });
});
