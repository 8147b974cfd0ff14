import { assert } from '../../shared/assert.ts';
import type { HttpMethod, Route } from './route.ts';

const API_PREFIX = '/api/v1';
const INTERNAL_PREFIX = '/api/internal';

/** A route and what its path parameters are in this call. */
export interface RouteMatch {
  readonly route: Route;
  readonly pathValues: Readonly<Record<string, string>>;
}

interface PathNode {
  readonly literals: Map<string, PathNode>;
  parameter: PathNode | null;
  /** Route that ends here, by method. */
  readonly ends: Map<HttpMethod, EndOfPath>;
  /** Route whose last parameter takes the whole rest, by method. */
  readonly rests: Map<HttpMethod, EndOfPath>;
}

interface EndOfPath {
  readonly route: Route;
  readonly names: readonly string[];
}

/** Finds the route of a raw path. A literal segment wins over a parameter, a parameter over `:name*`. Rule: api.md § 1, traps 2. */
export class RouteTable {
  readonly #root = newNode();

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.#add(route);
  }

  /** The segments of a raw path, each percent-decoded exactly once as UTF-8 after the split; null for a bad escape. */
  static segmentsOf(rawPath: string): readonly string[] | null {
    const segments = rawPath.slice(1).split('/');
    if (!rawPath.includes('%')) return segments;
    try {
      return segments.map(decodeURIComponent);
    } catch (error) {
      if (error instanceof URIError) return null;
      throw error;
    }
  }

  find(method: HttpMethod, segments: readonly string[]): RouteMatch | null {
    return search(this.#root, { method, segments, at: 0, values: [] });
  }

  /** The methods that a path knows; none for an unknown path. */
  methodsOf(segments: readonly string[]): readonly HttpMethod[] {
    return HTTP_METHODS.filter((method) => this.find(method, segments) !== null);
  }

  #add(route: Route): void {
    const names: string[] = [];
    let node = this.#root;
    for (const segment of fullPath(route).slice(1).split('/')) {
      if (segment.startsWith(':') && segment.endsWith('*')) {
        names.push(segment.slice(1, -1));
        keep(node.rests, { route, names });
        return;
      }
      node = segment.startsWith(':') ? (node.parameter ??= newNode()) : childOf(node, segment);
      if (segment.startsWith(':')) names.push(segment.slice(1));
    }
    keep(node.ends, { route, names });
  }
}

export const HTTP_METHODS: readonly HttpMethod[] = ['get', 'post', 'put', 'patch', 'delete'];

/** The path under the server's root. */
export function fullPath(route: Route): string {
  switch (route.access) {
    case 'anyone':
      return route.path;
    case 'session':
      return `${INTERNAL_PREFIX}${route.path}`;
    case undefined:
      return `${API_PREFIX}${route.path}`;
  }
}

function newNode(): PathNode {
  return { literals: new Map(), parameter: null, ends: new Map(), rests: new Map() };
}

function childOf(node: PathNode, segment: string): PathNode {
  const known = node.literals.get(segment);
  if (known !== undefined) return known;
  const child = newNode();
  node.literals.set(segment, child);
  return child;
}

function keep(into: Map<HttpMethod, EndOfPath>, end: EndOfPath): void {
  assert(!into.has(end.route.method), `one route answers ${end.route.method} ${end.route.path}`);
  into.set(end.route.method, end);
}

/** Where a search stands: `at` counts segments, `values` are the parameters met so far. */
interface Step {
  readonly method: HttpMethod;
  readonly segments: readonly string[];
  readonly at: number;
  readonly values: readonly string[];
}

function search(node: PathNode, step: Step): RouteMatch | null {
  const segment = step.segments[step.at];
  const isLast = step.at >= step.segments.length - 1;
  // `/plans/` is `/plans`: a slash at the very end names nothing.
  if (segment === undefined || (segment === '' && isLast)) return matchOf(node.ends.get(step.method), step.values);
  const literal = node.literals.get(segment);
  const found = literal === undefined ? null : search(literal, { ...step, at: step.at + 1 });
  if (found !== null || segment === '') return found;
  const values = [...step.values, segment];
  const named = node.parameter === null ? null : search(node.parameter, { ...step, at: step.at + 1, values });
  return named ?? matchOf(node.rests.get(step.method), [...step.values, step.segments.slice(step.at).join('/')]);
}

function matchOf(end: EndOfPath | undefined, values: readonly string[]): RouteMatch | null {
  if (end === undefined) return null;
  return { route: end.route, pathValues: Object.fromEntries(end.names.map((name, index) => [name, values[index] ?? ''])) };
}
