import { pino } from 'pino';
import type { Logger } from '../ports/logger.ts';
import { VERSION } from '../../shared/version.ts';

type Facts = Readonly<Record<string, unknown>>;

/** Text is logged under these names only: what a person typed must not end in a log. Ids are allowed under any name that ends so. */
const PLAIN_TEXT_NAMES: ReadonlySet<string> = new Set([
  'write',
  'kind',
  'code',
  'status',
  'reason',
  'method',
  'name',
  'url',
  'folder',
  'signal',
  'migration',
]);
const ID_NAME = /(^id|Id|Ids)$/;
const HIDDEN = '[hidden]';

/** Writes structured lines. `write` gets each line; warnings and errors go to `writeProblem` too. */
export function pinoLogger(sinks: { readonly write: (line: string) => void; readonly writeProblem?: (line: string) => void }): Logger {
  const lines = pino(
    { base: { version: VERSION }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    {
      write: (line: string) => {
        sinks.write(line);
        if (/^{"level":"(warn|error)"/.test(line)) sinks.writeProblem?.(line);
      },
    },
  );
  return {
    info: (facts, message) => {
      lines.info(redact(facts), message);
    },
    warn: (facts, message) => {
      lines.warn(redact(facts), message);
    },
    error: (facts, message) => {
      lines.error(redact(facts), message);
    },
  };
}

/** Keeps numbers, booleans, ids, and text under names known to be harmless. */
export function redact(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, redactValue(name, value)]));
}

function redactValue(name: string, value: unknown): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) return describeError(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(name, item));
  return typeof value === 'string' && (PLAIN_TEXT_NAMES.has(name) || ID_NAME.test(name)) ? value : HIDDEN;
}

/** The kind, place and words of an error, and of what caused it; never the values that a statement was run with. */
function describeError(error: Error): Facts {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause instanceof Error ? { cause: describeError(error.cause) } : {};
  return { name: error.name, ...code, stack: error.stack ?? error.message, ...cause };
}
