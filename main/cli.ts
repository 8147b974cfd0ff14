#!/usr/bin/env node
import { refusalOfNode } from './headless/node-version.ts';

const EXIT_UNAVAILABLE = 69;

// Nothing else is imported before this is known: the SQLite driver would end an old Node without a word.
const refusal = refusalOfNode(process.versions.node);
if (refusal !== null) {
  process.stderr.write(`${refusal}\n`);
  process.exit(EXIT_UNAVAILABLE);
}

const { runCommandLine } = await import('./headless/command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
