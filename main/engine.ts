import type { Instant } from '../shared/dates.ts';
import { createApp } from './api/app.ts';
import type { Caller } from './api/authenticate.ts';
import { ROUTES } from './api/routes/index.ts';
import type { ApiServices } from './api/services.ts';
import { organizations } from './database/tables/organizations.ts';
import { JobQueue, Scheduler, type JobHandler } from './jobs/index.ts';
import { ApiKeyRing, createApiKey, listApiKeys, revokeApiKey, type ApiKey } from './organization/index.ts';
import type { Clock } from './ports/clock.ts';
import type { Logger } from './ports/logger.ts';
import type { Random } from './ports/random.ts';
import type { ServiceContext } from './service-context.ts';
import { openWorkspace, TestClock, type Workspace, type WorkspaceKind } from './workspace/index.ts';
import { present } from '../shared/assert.ts';
import type { Result } from '../shared/result.ts';

export { UNKNOWN_CALLER, type Caller } from './api/authenticate.ts';
export { WorkspaceError, workspacePaths, type WorkspaceKind, type WorkspaceProblem } from './workspace/index.ts';

/** What a host gives the engine. */
export interface EngineConfig {
  /** The workspace's folder. */
  readonly dataDir: string;
  readonly kind: WorkspaceKind;
  /** The computer's clock; a sandbox puts its own in front of it. */
  readonly systemClock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** The whole product without a socket or a window. */
export interface Engine {
  readonly services: ApiServices;
  /** Whether this start made the workspace. */
  readonly isNewWorkspace: boolean;
  /** Answers one HTTP request. Never rejects. */
  fetch(request: Request, caller?: Caller): Promise<Response>;
  /** Begins to run due work and jobs by itself. */
  start(): void;
  /** Does everything that falls due up to an instant. */
  runDueWork(until: Instant): Promise<void>;
  /** A key that ends with this engine. */
  mintKeyForThisRun(): string;
  /** A stored key; the answer is the only place where it is ever shown. */
  createApiKey(name: string | null): Promise<string>;
  listApiKeys(): Promise<readonly ApiKey[]>;
  revokeApiKey(id: string): Promise<Result<null>>;
  organizationName(): Promise<string>;
  close(): Promise<void>;
}

/** Work that falls due by the clock, in the order in which it is done for one instant. */
const DUE_WORK: readonly ((context: ServiceContext, until: Instant) => Promise<void>)[] = [];

/** Who does the jobs that commits leave behind, by kind. */
const JOB_HANDLERS: Readonly<Record<string, JobHandler>> = {};

/** The one place where everything is put together. Throws a `WorkspaceError` when the workspace cannot be opened. */
export async function createEngine(config: EngineConfig): Promise<Engine> {
  const { systemClock, random, logger } = config;
  const workspace = await openWorkspace({ ...config, folder: config.dataDir });
  const testClock = workspace.isSandbox ? await TestClock.open(workspace.database, systemClock) : null;
  const context: ServiceContext = {
    database: workspace.database,
    clock: testClock ?? systemClock,
    random,
    logger,
    organizationId: workspace.organizationId,
  };
  const services: ApiServices = { context, isSandbox: workspace.isSandbox, testClock };
  const scheduler = new Scheduler({ clock: context.clock, logger, runDueWork: (until) => runDueWork(context, until) });
  testClock?.onMove((until) => scheduler.runUntil(until));
  const jobs = new JobQueue({ database: workspace.database, logger, handlers: JOB_HANDLERS });
  const keys = new ApiKeyRing(context, systemClock);
  const answer = createApp({ routes: ROUTES, services, isKnownKey: (key) => keys.isKnown(key), systemClock, random, logger });
  return {
    services,
    isNewWorkspace: workspace.isNew,
    fetch: async (request, caller) => {
      const response = await answer(request, caller);
      if (request.method !== 'GET') jobs.nudge();
      return response;
    },
    start: () => {
      scheduler.start();
      jobs.start();
    },
    runDueWork: (until) => scheduler.runUntil(until),
    mintKeyForThisRun: () => keys.mintForThisRun(),
    createApiKey: async (name) => (await createApiKey(context, { name })).key,
    listApiKeys: () => listApiKeys(context),
    revokeApiKey: (id) => revokeApiKey(context, id),
    organizationName: () => organizationName(context),
    close: () => closeEngine(workspace, scheduler, jobs),
  };
}

async function runDueWork(context: ServiceContext, until: Instant): Promise<void> {
  for (const work of DUE_WORK) await work(context, until);
}

async function organizationName(context: ServiceContext): Promise<string> {
  const organization = await context.database.read.manager.findOneBy(organizations, { id: context.organizationId });
  return present(organization, 'a workspace has its organization').name;
}

/** What is under way ends first; nothing new begins. */
async function closeEngine(workspace: Workspace, scheduler: Scheduler, jobs: JobQueue): Promise<void> {
  await Promise.all([scheduler.stop(), jobs.stop()]);
  await workspace.close();
}
