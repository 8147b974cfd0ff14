import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

/** The layers of the house. Every other folder of main/ is a service. */
type Layer = 'shared' | 'billing' | 'ports' | 'migrations' | 'database' | 'context' | 'service' | 'api' | 'engine' | 'host' | 'renderer';

interface Place {
  readonly layer: Layer;
  /** The layer, or the service's own name: what a message calls it. */
  readonly name: string;
}

interface Rule {
  /** Layers that may be imported as a whole; a layer may always import itself, a service only its own folder. */
  readonly layers: readonly Layer[];
  /** Single files of other layers, each with its reason beside it. */
  readonly files?: readonly string[];
  /** Packages: a list of those allowed, or of those refused. */
  readonly packages: { readonly only: readonly string[] } | { readonly not: readonly string[] };
  readonly nodeBuiltIns: boolean;
}

const STORAGE = ['typeorm', 'better-sqlite3'];
const HTTP = ['hono', '@hono'];

const RULES: Readonly<Record<Layer, Rule>> = {
  shared: { layers: [], packages: { only: ['temporal-polyfill', 'decimal.js', 'zod'] }, nodeBuiltIns: false },
  billing: { layers: ['shared'], packages: { only: [] }, nodeBuiltIns: false },
  ports: { layers: ['shared'], packages: { only: [] }, nodeBuiltIns: false },
  migrations: { layers: ['shared'], packages: { only: ['typeorm'] }, nodeBuiltIns: true },
  database: {
    layers: ['migrations', 'ports', 'shared'],
    // Columns hold the pricing terms and fee explanations that billing names: their types only, nothing that computes.
    files: ['main/billing/facts.ts'],
    packages: { only: STORAGE },
    nodeBuiltIns: true,
  },
  context: { layers: ['database', 'ports', 'shared'], packages: { only: [] }, nodeBuiltIns: false },
  // Another service is allowed through its door only: see `isServiceDoor`.
  service: {
    layers: ['billing', 'database', 'ports', 'context', 'shared'],
    // TypeORM's operators and types are needed to say what to find; the connection stays behind main/database.
    packages: { not: ['better-sqlite3', ...HTTP, 'electron'] },
    nodeBuiltIns: true,
  },
  api: { layers: ['ports', 'context', 'shared'], packages: { not: [...STORAGE, 'electron'] }, nodeBuiltIns: true },
  engine: {
    layers: ['api', 'service', 'billing', 'database', 'ports', 'context', 'migrations', 'shared'],
    packages: { not: ['electron'] },
    nodeBuiltIns: true,
  },
  host: {
    layers: ['engine', 'ports', 'shared'],
    // The listening socket belongs to the host, its limits and time-outs to the API.
    files: ['main/api/serve.ts'],
    packages: { not: STORAGE },
    nodeBuiltIns: true,
  },
  renderer: { layers: ['shared'], packages: { not: [...STORAGE, ...HTTP, 'electron'] }, nodeBuiltIns: false },
};

const MAIN_FOLDERS: Readonly<Record<string, Layer>> = {
  billing: 'billing',
  ports: 'ports',
  database: 'database',
  api: 'api',
  headless: 'host',
  desktop: 'host',
};
const MAIN_FILES: Readonly<Record<string, Layer>> = {
  'cli.ts': 'host',
  'engine.ts': 'engine',
  'service-context.ts': 'context',
  'failpoint.ts': 'context',
};

function placeOf(path: string): Place | null {
  const [top = '', folder = '', ...rest] = path.split('/');
  if (top === 'shared' || top === 'renderer' || top === 'migrations') return { layer: top, name: top };
  if (top !== 'main') return null;
  if (rest.length === 0) {
    const layer = MAIN_FILES[folder];
    return layer === undefined ? null : { layer, name: layer };
  }
  const layer = MAIN_FOLDERS[folder] ?? 'service';
  return { layer, name: layer === 'service' ? folder : layer };
}

interface Import {
  readonly module: string;
  readonly line: number;
}

/** Every way one module names another: import, export … from, import(), import('…').Type, require(). */
export function importsOf(file: SourceFile): readonly Import[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (name: ts.Node | undefined): void => {
    if (name === undefined || !ts.isStringLiteralLike(name)) return;
    found.push({ module: name.text, line: source.getLineAndCharacterOfPosition(name.getStart()).line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isCallExpression(node) && isImportCall(node)) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isImportCall(node: ts.CallExpression): boolean {
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
}

const BUILT_INS = new Set(builtinModules);

function isPackageAllowed(module: string, from: Place, path: string): boolean {
  const rule = RULES[from.layer];
  if (module.startsWith('node:') || BUILT_INS.has(module)) return rule.nodeBuiltIns;
  const [scope = '', name = ''] = module.split('/');
  const isNamed = (names: readonly string[]): boolean => names.includes(scope) || names.includes(`${scope}/${name}`);
  if (scope === 'electron' && !path.startsWith('main/desktop/')) return false;
  return 'only' in rule.packages ? isNamed(rule.packages.only) : !isNamed(rule.packages.not);
}

function isServiceDoor(target: string): boolean {
  return /^main\/[^/]+\/index\.ts$/.test(target);
}

function isFileAllowed(target: string, from: Place): boolean {
  const to = placeOf(target);
  if (to === null) return false;
  const rule = RULES[from.layer];
  if (to.name === from.name || rule.layers.includes(to.layer) || rule.files?.includes(target) === true) return true;
  return to.layer === 'service' && isServiceDoor(target) && (from.layer === 'service' || from.layer === 'api');
}

/** Each import that the table of layers does not allow, as `file:line imports X, not allowed from layer Y`. */
export function findLayerBreaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const from = placeOf(file.path);
    if (from === null) return [`${file.path} belongs to no layer`];
    return importsOf(file).flatMap(({ module, line }) => {
      const target = module.startsWith('.') ? posix.join(posix.dirname(file.path), module) : null;
      const isAllowed = target === null ? isPackageAllowed(module, from, file.path) : isFileAllowed(target, from);
      return isAllowed ? [] : [`${file.path}:${line} imports ${target ?? module}, not allowed from layer ${from.name}`];
    });
  });
}

/** Services that need each other in a circle, each circle once, as `a → b → a`. */
export function findServiceCycles(files: readonly SourceFile[]): readonly string[] {
  const needs = new Map<string, Set<string>>();
  for (const file of files) {
    const from = placeOf(file.path);
    if (from?.layer !== 'service') continue;
    const targets = needs.get(from.name) ?? new Set();
    needs.set(from.name, targets);
    for (const { module } of importsOf(file)) {
      const to = module.startsWith('.') ? placeOf(posix.join(posix.dirname(file.path), module)) : null;
      if (to?.layer === 'service' && to.name !== from.name) targets.add(to.name);
    }
  }
  const circles = new Set<string>();
  const walk = (trail: readonly string[]): void => {
    for (const next of needs.get(trail.at(-1) ?? '') ?? []) {
      const start = trail.indexOf(next);
      if (start === -1) walk([...trail, next]);
      else circles.add(asCircle(trail.slice(start)));
    }
  };
  for (const service of needs.keys()) walk([service]);
  return [...circles].sort();
}

/** The same circle reads the same wherever it was entered: it starts at the first name of the alphabet. */
function asCircle(services: readonly string[]): string {
  const start = services.indexOf([...services].sort()[0] ?? '');
  const turned = [...services.slice(start), ...services.slice(0, start)];
  return [...turned, turned[0]].join(' → ');
}
