import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

/** What the product calls something else (house rule: one word per concept), as the words of a camelCase name. */
const BANNED_CONCEPTS = [
  'meter',
  'measure',
  'rate card',
  'component',
  'line item',
  'invoice line',
  'usage record',
  'hit',
  'event key',
  'cycle',
  'billing window',
  'customer key',
  'customer ref',
  'discount',
  'promo',
  'suspend',
  'block',
  // Words that say nothing about what a thing is for.
  'manager',
  'helper',
  'impl',
];

/** Names that say nothing when they stand alone, or, as verbs, at the head of a function's name. */
const EMPTY_NAMES = ['data', 'info', 'obj', 'params', 'handle', 'process', 'do'];
const EMPTY_VERBS = ['handle', 'process', 'do'];

/** Where an outside interface dictates the name: `path: name`. */
const DICTATED_NAMES: ReadonlySet<string> = new Set([
  // The log levels that pino and every reader of logs know.
  'main/ports/logger.ts: info',
  // Stripe's own name for what an event is about.
  'main/payments/stripe/wire-event.ts: data',
  // TypeORM's own word for what finds and writes entities.
  'main/database/read-database.ts: manager',
  'main/database/unit-of-work.ts: manager',
]);

/** `priceGraduatedTier` → `price graduated tier`; digits and underscores part words too. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[_$]+/g, ' ')
    .trim()
    .toLowerCase();
}

export function isBannedName(name: string): boolean {
  const words = wordsOf(name);
  if (EMPTY_NAMES.includes(words)) return true;
  if (EMPTY_VERBS.some((verb) => words.startsWith(`${verb} `))) return true;
  return BANNED_CONCEPTS.some((concept) => ` ${words} `.includes(` ${concept} `) || ` ${words} `.includes(` ${concept}s `));
}

/** The names that a file itself gives: variables, parameters, functions, types, members of its types. */
export function declaredNames(file: SourceFile): readonly { readonly name: string; readonly line: number }[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const found: { readonly name: string; readonly line: number }[] = [];
  const visit = (node: ts.Node): void => {
    const name = isNaming(node) ? node.name : undefined;
    if (name !== undefined && ts.isIdentifier(name)) {
      found.push({ name: name.text, line: source.getLineAndCharacterOfPosition(name.getStart()).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isNaming(node: ts.Node): node is ts.NamedDeclaration {
  // The keys of an object literal often belong to a package or to the wire; where they are ours, a type declares them too.
  // `{ wireName: ourName }` in a destructuring gives ourName, which is a binding element's name.
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node)
  );
}

/** Each name with a banned word, as `file:line: name`. */
export function findBannedNames(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    declaredNames(file)
      .filter(({ name }) => isBannedName(name) && !DICTATED_NAMES.has(`${file.path}: ${name}`))
      .map(({ name, line }) => `${file.path}:${line}: ${name}`),
  );
}

const BANNED_FILE_WORDS = ['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'manager', 'managers'];

/** Capitals are for documents only; a migration starts with its number. */
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/;
const DOCUMENT_NAME = /^[A-Z]+\.md$/;
const FOLDER_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with a path, or null. */
export function refusalOfPath(path: string): string | null {
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  if (!FILE_NAME.test(file) && !DOCUMENT_NAME.test(file)) return `${path}: a file's name is kebab-case`;
  const folder = parts.find((part) => !FOLDER_NAME.test(part));
  if (folder !== undefined) return `${path}: a folder's name is kebab-case`;
  const word = [...parts, file].flatMap((part) => part.split(/[-.]/)).find((part) => BANNED_FILE_WORDS.includes(part));
  return word === undefined ? null : `${path}: "${word}" does not say what is in it`;
}
