import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** A run of the command line, as its own process. */
export interface CommandRun {
  readonly child: ChildProcess;
  /** The next line on standard output. */
  line(): Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Runs `meterbook …` from its sources, with nothing of this machine's settings. */
export function runCommand(
  words: readonly string[],
  options: { readonly environment?: Readonly<Record<string, string>>; readonly nodeOptions?: readonly string[] } = {},
): CommandRun {
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), join(ROOT, 'main/cli.ts'), ...words], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  let taken = 0;
  let wake = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (status, signal) => {
      wake();
      resolve({ status, signal, output, errors });
    });
  });
  const line = async (): Promise<string> => {
    for (;;) {
      const end = output.indexOf('\n', taken);
      if (end !== -1) {
        const text = output.slice(taken, end);
        taken = end + 1;
        return text;
      }
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended without a line: ${errors}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { child, line, ended };
}

/** A served workspace, started with `--json`. */
export interface Served extends CommandRun {
  readonly url: string;
  readonly apiKey: string;
  readonly signInUrl: string;
}

export async function serve(words: readonly string[], options: Parameters<typeof runCommand>[1] = {}): Promise<Served> {
  const run = runCommand(['serve', '--port', '0', '--json', ...words], options);
  const first = JSON.parse(await run.line()) as { readonly url: string; readonly api_key: string; readonly sign_in_url: string };
  return { ...run, url: first.url, apiKey: first.api_key, signInUrl: first.sign_in_url };
}
