import { z } from 'zod';
import type { DiagnosticsAnswer } from '../../../shared/internal/capabilities.ts';
import { ok } from '../../../shared/result.ts';
import { VERSION } from '../../../shared/version.ts';
import { diagnoseWorkspace } from '../../workspace/index.ts';
import { route, type Route } from '../route.ts';

/** What somebody who reports a problem copies. No name, e-mail, code, amount, path or key is in it. Rule: ui.md § 2 "Organization menu". */
export const diagnosticsRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/diagnostics',
    access: 'session',
    summary: 'Versions, counts and sizes, for a report of a problem',
    tag: 'internal',
    answer: z.unknown(),
    respond: async ({ services, context }) => {
      const { host, isSandbox, sample } = services;
      const workspace = await diagnoseWorkspace(context, host.dataFolder);
      const facts: Omit<DiagnosticsAnswer, 'text'> = {
        version: VERSION,
        node_version: process.versions.node,
        sqlite_version: workspace.sqliteVersion,
        platform: `${process.platform} ${process.arch}`,
        is_sandbox: isSandbox,
        is_sample_loaded: (await sample.state()).is_loaded,
        running_seconds: Math.floor((host.now().epochMilliseconds - host.startedAt.epochMilliseconds) / 1000),
        memory_bytes: process.memoryUsage.rss(),
        schema_version: workspace.schemaVersion,
        secret_store: host.secretStore?.kind ?? 'unknown',
        rows: workspace.rows,
        bytes: workspace.bytes,
      };
      return ok<DiagnosticsAnswer>({ ...facts, text: linesOf(facts) });
    },
  }),
];

function linesOf(facts: Omit<DiagnosticsAnswer, 'text'>): string {
  const { rows, bytes, ...plain } = facts;
  const lines = Object.entries(plain).map(([name, value]) => `${name}: ${String(value)}`);
  const groups = Object.entries({ rows, bytes }).flatMap(([group, values]) =>
    Object.entries(values).map(([name, value]) => `${group}.${name}: ${String(value)}`),
  );
  return ['Meterbook', ...lines, ...groups].join('\n');
}
