import { z } from 'zod';
import type { SandboxAnswer } from '../../../shared/internal/workspaces.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { duplicateToSandbox } from '../../sandbox/index.ts';
import { route, type Route } from '../route.ts';
import type { ApiServices } from '../services.ts';

/** Rule: ui.md § 2 "Organization menu". */
export const workspaceRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/workspaces/sandbox',
    access: 'session',
    tag: 'internal',
    answer: z.unknown(),
    // The books that are open stay as they are.
    changesNothing: true,
    summary: 'Copy the open books into a sandbox beside them; answers when it is whole',
    respond: ({ services }) => duplicate(services),
  }),
];

async function duplicate({ context, host }: ApiServices): Promise<Result<SandboxAnswer>> {
  const { random, logger } = context;
  const copied = await duplicateToSandbox({ folder: host.dataFolder, target: null, systemClock: { now: host.now }, random, logger });
  return copied.ok ? ok({ folder: copied.value, is_sandbox: true }) : copied;
}
