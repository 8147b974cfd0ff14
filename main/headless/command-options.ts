import type { ParseArgsOptionsConfig } from 'node:util';

/** Every option of every command. */
export const COMMAND_OPTIONS = {
  'data-dir': { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  name: { type: 'string' },
  to: { type: 'string' },
  'allow-remote': { type: 'boolean' },
  sandbox: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsOptionsConfig;

export type CommandOptions = {
  readonly [Name in keyof typeof COMMAND_OPTIONS]?: (typeof COMMAND_OPTIONS)[Name]['type'] extends 'boolean' ? boolean : string;
};

/** What stood on the command line. */
export interface CommandWords {
  readonly words: readonly string[];
  readonly options: CommandOptions;
}
