import { parseArgs } from 'node:util';
import { VERSION } from '../../shared/version.ts';
import { COMMAND_OPTIONS, type CommandWords } from './command-options.ts';
import { CommandError, EXIT } from './exit-status.ts';
import { readKeysCommand } from './keys-wishes.ts';
import { readDemoWishes, readServeWishes } from './serve-wishes.ts';

const HELP = `Meterbook ${VERSION}: usage-based billing on one machine.

  meterbook serve [--data-dir DIR] [--port N] [--host ADDRESS] [--sandbox] [--json]
      Serves the API and a page for the browser. Ctrl+C ends it.
      --data-dir DIR    the workspace's folder (else METERBOOK_DATA_DIR, else the user's data directory)
      --port N          3000 unless said otherwise; 0 picks a free one
      --host ADDRESS    127.0.0.1 unless said otherwise; any other needs --allow-remote too
      --allow-remote    accept that other machines may connect
      --sandbox         books for trying things out, with a clock of their own
      --json            first line: {"url", "api_key", "sign_in_url"}; that key ends with the process
      METERBOOK_SECRET_KEY in the environment, any text, seals stored secrets; without it secret.key in the folder does

  meterbook demo [--data-dir DIR] [--port N] [--json]
      Serves a sandbox with the books of a made-up company: customers, ninety days of events, invoices.
      --data-dir DIR    an empty folder, or one made by demo before (else one beside the user's own books)

  meterbook sandbox [--data-dir DIR] [--to DIR] [--json]
      Copies the books into a sandbox, also while they are open: a clock that you move, no webhooks, no payments, no keys of the original.
      --to DIR          a folder that is not there yet (else one beside the books, FOLDER-sandbox-1)
      Serve it with: meterbook serve --sandbox --data-dir DIR

  meterbook keys create [--name TEXT] [--data-dir DIR]    makes an API key and shows it, this once
  meterbook keys list [--data-dir DIR]                    lists the keys that are in use
  meterbook keys revoke ID [--data-dir DIR]               ends a key at once
      The workspace must not be open meanwhile. Add --sandbox for the sandbox's default folder.

  meterbook --version
  meterbook --help
`;

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
    const { values, positionals } = parseArgs({ args: [...words], options: COMMAND_OPTIONS, allowPositionals: true });
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
  // The engine is loaded by the commands that need it: help and refusals need not wait for it.
  if (name === 'serve' && rest.length === 0) {
    const wishes = readServeWishes(command.options);
    return (await import('./serve-command.ts')).runServeCommand(wishes);
  }
  if (name === 'demo' && rest.length === 0) {
    const wishes = readDemoWishes(command.options);
    return (await import('./serve-command.ts')).runServeCommand(wishes);
  }
  if (name === 'sandbox' && rest.length === 0) {
    return (await import('./sandbox-command.ts')).runSandboxCommand(command.options);
  }
  if (name === 'keys') {
    const asked = readKeysCommand({ words: rest, options: command.options });
    return (await import('./keys-command.ts')).runKeysCommand(asked);
  }
  const sentence = name === undefined ? 'Say what to do.' : `There is no command "${command.words.join(' ')}".`;
  throw new CommandError(EXIT.usage, `${sentence}\nSee: meterbook --help`);
}

function print(text: string): number {
  process.stdout.write(text);
  return EXIT.done;
}

function refusalOf(error: unknown): CommandError | null {
  if (error instanceof CommandError) return error;
  // Folders that cannot be made or read are the user's to mend: the system's own words say which and why.
  const isSystemError = error instanceof Error && 'syscall' in error && 'path' in error;
  return isSystemError ? new CommandError(EXIT.unavailable, `The workspace's folder cannot be used: ${error.message}`) : null;
}
