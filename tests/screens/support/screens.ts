import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCREENS = join(import.meta.dirname, '..', '..', '..', 'renderer', 'screens');

interface DeclaredRoute {
  readonly name: string;
  readonly parent: string;
  readonly path: string;
}

/** Every path that the router knows, as it is written there: `/customers/$id/usage`. */
export function routePaths(): readonly string[] {
  const files = readdirSync(SCREENS, { recursive: true, withFileTypes: true }).filter((entry) => entry.name === 'routes.tsx');
  const paths = files.flatMap((entry) => pathsOf(readFileSync(join(entry.parentPath, entry.name), 'utf8')));
  return [...new Set(paths)].sort();
}

/** The paths that a `routes.tsx` declares: a route inside of another one adds to its path. */
export function pathsOf(text: string): readonly string[] {
  const declared = [...text.matchAll(/const (\w+) = createRoute\(\{\s*getParentRoute: \(\) => (\w+),(?:\s*path: '([^']+)',)?/g)].map(
    ([, name = '', parent = '', path = '']): DeclaredRoute => ({ name, parent, path }),
  );
  const byName = new Map(declared.map((route) => [route.name, route]));
  const fullPath = ({ parent, path }: DeclaredRoute): string => {
    const outer = byName.get(parent);
    const prefix = outer === undefined ? '' : fullPath(outer);
    return path === '/' && prefix !== '' ? prefix : `${prefix}${path}`;
  };
  return declared.map(fullPath).filter((path) => path !== '');
}

/** The list that a record of a path comes from, by the path's first parts. */
const LISTS: Readonly<Record<string, string>> = {
  customers: 'customers',
  subscriptions: 'subscriptions',
  invoices: 'invoices',
  'credit-notes': 'credit_notes',
  payments: 'payments',
  plans: 'plans',
  'billable-metrics': 'billable_metrics',
  'add-ons': 'add_ons',
  coupons: 'coupons',
  taxes: 'taxes',
};

type ReadList = (list: string) => Promise<readonly { readonly lago_id: string; readonly code?: string }[]>;

/**
 * The paths with ids of objects that exist in these books. A path whose list has no row yet cannot be visited: it is left out, and
 * `unreachable` names it.
 */
export async function addresses(readList: ReadList): Promise<Addresses> {
  const routes: (readonly [string, string])[] = [];
  const unreachable: string[] = [];
  for (const path of routePaths()) {
    const list = path.endsWith('/$subscription')
      ? 'subscriptions?status=active'
      : path
          .split('/')
          .map((part) => LISTS[part])
          .find((one) => one !== undefined);
    const row = path.includes('$') && list !== undefined ? (await readList(list))[0] : undefined;
    if (!path.includes('$')) routes.push([path, path]);
    else if (path.startsWith('/templates/')) routes.push([path, path.replace('$slug', TEMPLATE)]);
    else if (row === undefined) unreachable.push(path);
    else routes.push([path, path.replace(/\$(?:id|subscription)/, row.lago_id).replace('$code', encodeURIComponent(row.code ?? ''))]);
  }
  return { routes, paths: routes.map(([, address]) => address), unreachable };
}

const TEMPLATE = 'search-api-pay-as-you-go';

export interface Addresses {
  /** Path as the router has it, and an address that it leads to. */
  readonly routes: readonly (readonly [string, string])[];
  readonly paths: readonly string[];
  readonly unreachable: readonly string[];
}
