import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { VERSION } from '../../shared/version.ts';
import { WorkspaceError, type WorkspaceProblem } from '../engine.ts';
import { CommandError, EXIT } from './exit-status.ts';
import { runKeysCommand } from './keys-command.ts';
import { runServeCommand } from './serve-command.ts';

const HELP = `Meterbook ${VERSION}: usage-based billing on one machine.

  meterbook serve [--data-dir DIR] [--port N] [--host ADDRESS] [--sandbox] [--json]
      Serves the API and a page for the browser. Ctrl+C ends it.
      --data-dir DIR    the workspace's folder (else METERBOOK_DATA_DIR, else the user's data directory)
      --port N          3000 unless said otherwise; 0 picks a free one
      --host ADDRESS    127.0.0.1 unless said otherwise; any other needs --allow-remote too
      --allow-remote    accept that other machines may connect
      --sandbox         books for trying things out, with a clock of their own
      --json            first line: {"url", "api_key", "sign_in_url"}; that key ends with the process

  meterbook keys create [--name TEXT] [--data-dir DIR]    makes an API key and shows it, this once
  meterbook keys list [--data-dir DIR]                    lists the keys that are in use
  meterbook keys revoke ID [--data-dir DIR]               ends a key at once
      The workspace must not be open meanwhile. Add --sandbox for the sandbox's default folder.

  meterbook --version
  meterbook --help
`;

const OPTIONS = {
  'data-dir': { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  name: { type: 'string' },
  'allow-remote': { type: 'boolean' },
  sandbox: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsOptionsConfig;

/** What stood on the command line. */
export interface CommandWords {
  readonly words: readonly string[];
  readonly options: {
    readonly [Name in keyof typeof OPTIONS]?: (typeof OPTIONS)[Name]['type'] extends 'boolean' ? boolean : string;
  };
}

/** Runs one command; resolves with the exit status when it has ended. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  try {
    return await runCommand(readWords(words));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    process.stderr.write(`${refusal.message}\n`);
    return refusal.status;
  }
}

function readWords(words: readonly string[]): CommandWords {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
    return { words: positionals, options: values };
  } catch (error) {
    if (error instanceof TypeError) throw new CommandError(EXIT.usage, `${error.message}\nSee: meterbook --help`);
    throw error;
  }
}

async function runCommand(command: CommandWords): Promise<number> {
  const [name, ...rest] = command.words;
  if (command.options.version === true) return print(`${VERSION}\n`);
  if (command.options.help === true || (name === 'help' && rest.length === 0)) return print(HELP);
  if (name === 'serve' && rest.length === 0) return runServeCommand(command.options);
  if (name === 'keys') return runKeysCommand({ words: rest, options: command.options });
  const sentence = name === undefined ? 'Say what to do.' : `There is no command "${command.words.join(' ')}".`;
  throw new CommandError(EXIT.usage, `${sentence}\nSee: meterbook --help`);
}

function print(text: string): number {
  process.stdout.write(text);
  return EXIT.done;
}

const STATUS_OF_PROBLEM: Readonly<Record<WorkspaceProblem, number>> = {
  wrong_kind: EXIT.usage,
  not_a_workspace: EXIT.usage,
  corrupt: EXIT.badData,
  newer: EXIT.badData,
  locked: EXIT.locked,
};

function refusalOf(error: unknown): CommandError | null {
  if (error instanceof CommandError) return error;
  if (error instanceof WorkspaceError) return new CommandError(STATUS_OF_PROBLEM[error.problem], error.message);
  // Folders that cannot be made or read are the user's to mend: the system's own words say which and why.
  const isSystemError = error instanceof Error && 'syscall' in error && 'path' in error;
  return isSystemError ? new CommandError(EXIT.unavailable, `The workspace's folder cannot be used: ${error.message}`) : null;
}
