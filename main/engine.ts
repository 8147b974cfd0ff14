import type { Instant } from '../shared/dates.ts';
import { ActivityLog } from './activity/index.ts';
import { createApp, type AppFetch } from './api/app.ts';
import { ChangeRecorder } from './api/change-recorder.ts';
import { ObjectReader } from './api/object-reader.ts';
import { UndoDesk } from './api/undo-change.ts';
import type { Caller } from './api/authenticate.ts';
import { tellChangedObjects } from './api/internal/changed-objects.ts';
import { tellEvents } from './api/internal/event-messages.ts';
import { LiveHub } from './api/internal/live-hub.ts';
import { tellRunningJobs } from './api/internal/running-jobs.ts';
import { PreviewShelf } from './api/internal/preview-shelf.ts';
import { ROUTES } from './api/routes/index.ts';
import type { ApiServices, HostFacts } from './api/services.ts';
import { WEBHOOK_PAYLOADS } from './api/webhook-payloads.ts';
import type { ReadDatabase } from './database/read-database.ts';
import { organizations } from './database/tables/organizations.ts';
import { JobQueue, Scheduler, type JobHandler } from './jobs/index.ts';
import { ApiKeyRing, createApiKey, listApiKeys, revokeApiKey, type ApiKey } from './organization/index.ts';
import {
  billAdvanceEvent,
  createPdfRenderer,
  fontsFolder,
  renderCreditNoteDocument,
  renderInvoiceDocument,
  type DocumentSnapshot,
  type PdfRenderer,
} from './invoicing/index.ts';
import { isLiveKey, NO_STRIPE_SETTINGS, paymentListeners, Payments, type StripeSettings } from './payments/index.ts';
import type { Clock } from './ports/clock.ts';
import type { DocumentRenderer } from './ports/documents.ts';
import type { Logger } from './ports/logger.ts';
import type { OutgoingHttp } from './ports/outgoing-http.ts';
import type { Random } from './ports/random.ts';
import type { Secrets } from './ports/secrets.ts';
import type { Timer } from './ports/timer.ts';
import { SampleCompany, type SampleParts } from './sample/index.ts';
import { RequestLog } from './request-log/index.ts';
import { combineListeners, type ServiceContext } from './service-context.ts';
import { runDueWork, subscriptionListeners } from './subscriptions/index.ts';
import { NO_TELEMETRY, Telemetry, type TelemetryChoice } from './telemetry/index.ts';
import { EventDebugger, EventIngestion, findEventErrors } from './usage/index.ts';
import { walletListeners } from './wallets/index.ts';
import { Webhooks, type CheckedEvents, type EventSpan } from './webhooks/index.ts';
import { openWorkspace, TestClock, workspaceFiles, type Workspace, type WorkspaceKind } from './workspace/index.ts';
import { present } from '../shared/assert.ts';
import type { Result } from '../shared/result.ts';

export { UNKNOWN_CALLER, type Caller } from './api/authenticate.ts';
export type { StripeSettings } from './payments/index.ts';
export { copyToSandbox } from './sandbox/index.ts';
export type { TelemetryChoice } from './telemetry/index.ts';
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
  readonly secrets: Secrets;
  readonly timer: Timer;
  readonly outgoingHttp: OutgoingHttp;
  /** Where this program's own server answers, `http://127.0.0.1:PORT`: what it sends out links to it. */
  readonly baseUrl: () => string;
  /** Where Stripe is, and keys that are not stored; left out: the real one, and none. */
  readonly stripe?: StripeSettings;
  /** Whether and where usage is told; left out: it is not. */
  readonly telemetry?: TelemetryChoice;
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
  /** Holds back what falls due, or does all that was held back. Events are taken in all the same. */
  pauseDueWork(isPaused: boolean): void;
  /** How many events arrive, and how many of the last day match nothing. */
  eventStatus(): { readonly rate: number; readonly problems: number };
  /** Fills empty books with the sample company. Errors: 405 `workspace_is_not_empty`. */
  loadSample(): Promise<Result<null>>;
  /** Ends the messages to open windows, which would hold a server open that is closing. */
  closeStreams(): void;
  /** A key that ends with this engine. */
  mintKeyForThisRun(): string;
  /** A stored key; the answer is the only place where it is ever shown. */
  createApiKey(name: string | null): Promise<string>;
  listApiKeys(): Promise<readonly ApiKey[]>;
  revokeApiKey(id: string): Promise<Result<null>>;
  organizationName(): Promise<string>;
  close(): Promise<void>;
}

/** The one place where everything is put together. Throws a `WorkspaceError` when the workspace cannot be opened. */
export async function createEngine(config: EngineConfig): Promise<Engine> {
  const { systemClock, random, logger } = config;
  const workspace = await openWorkspace({ ...config, folder: config.dataDir });
  const testClock = workspace.isSandbox ? await TestClock.open(workspace.database, systemClock) : null;
  const renderer = createPdfRenderer({ fontsFolder: fontsFolder() });
  const context: ServiceContext = {
    database: workspace.database,
    clock: testClock ?? systemClock,
    random,
    logger,
    organizationId: workspace.organizationId,
    files: workspaceFiles(workspace.paths.files, random),
    documents: documentRenderer(renderer),
    secrets: config.secrets,
    listeners: combineListeners(
      subscriptionListeners(() => context),
      walletListeners(() => context),
      paymentListeners(() => context),
    ),
    announce: (tx, announcement) => webhooks.announce(tx, announcement),
    viewAnnounced: (tx, of) => webhooks.view(tx, of),
    jobAdded: () => {
      jobs.nudge();
      payments.nudge();
    },
  };
  const webhooks = openWebhooks(config, () => context);
  const live = new LiveHub(config.timer);
  const events = new EventDebugger({ context, systemClock, timer: config.timer, audience: live });
  const ingestion = new EventIngestion(context, (tx, event) => billAdvanceEvent(context, tx, event), events.feed);
  const payments = await openPayments(config, context, workspace.isSandbox);
  tellChangedObjects(live, context);
  tellEvents(live, events);
  const sample = await openSample(context, live, (work) => scheduler.hold((isStopped) => jobs.hold(() => work(isStopped))));
  const telemetry = openTelemetry(config, context, workspace.isSandbox);
  const logs = openLogs(config, context, () => services);
  const services: ApiServices = {
    context,
    isSandbox: workspace.isSandbox,
    testClock,
    ingestion,
    events,
    payments,
    webhooks,
    sample,
    live,
    telemetry,
    ...logs.services,
  };
  const scheduler = openScheduler(context, webhooks);
  testClock?.onMove((until) => scheduler.runUntil(until));
  const jobs = new JobQueue({ database: workspace.database, logger, handlers: jobHandlers(context) });
  const keys = new ApiKeyRing(context, systemClock);
  const answer = createApp({
    routes: ROUTES,
    services,
    findKey: (key) => keys.find(key),
    runDueWork: () => scheduler.runNow(),
    systemClock,
    random,
    logger,
    observer: logs.services.requestLog,
    changes: logs.recorder,
  });
  return engineOf({ workspace, services, scheduler, jobs, keys, logs, renderer, answer });
}

/** `alone` runs work while nothing that is due and no job is done. */
async function openSample(context: ServiceContext, live: LiveHub, alone: SampleParts['alone']): Promise<SampleCompany> {
  const progressed = tellRunningJobs(live, () => sample.progress);
  const sample = new SampleCompany({ context, alone, progressed });
  await sample.open();
  return sample;
}

/** Everything that a running engine is made of. */
interface EngineParts {
  readonly workspace: Workspace;
  readonly services: ApiServices;
  readonly scheduler: Scheduler;
  readonly jobs: JobQueue;
  readonly keys: ApiKeyRing;
  readonly logs: OpenLogs;
  readonly renderer: PdfRenderer;
  readonly answer: AppFetch;
}

/** What a host may ask of it. */
function engineOf(parts: EngineParts): Engine {
  const { workspace, services, scheduler, keys, answer } = parts;
  const { context, webhooks, payments, events, telemetry, ingestion, live, sample } = services;
  return {
    services,
    isNewWorkspace: workspace.isNew,
    fetch: answer,
    start: () => {
      scheduler.start();
      parts.jobs.start();
      webhooks.start();
      payments.start();
      events.listening.start();
      telemetry.start();
      void ingestion.keepUpRollups();
    },
    runDueWork: (until) => scheduler.runUntil(until),
    pauseDueWork: (isPaused) => {
      if (isPaused) scheduler.pause();
      else scheduler.resume();
    },
    eventStatus: () => events.status(),
    loadSample: () => sample.load(),
    mintKeyForThisRun: () => keys.mintForThisRun(),
    createApiKey: async (name) => (await createApiKey(context, { name })).key,
    listApiKeys: () => listApiKeys(context),
    revokeApiKey: (id) => revokeApiKey(context, id),
    organizationName: () => organizationName(context),
    closeStreams: () => live.close(),
    close: () => closeEngine(parts),
  };
}

async function closeEngine({ services, scheduler, jobs, renderer, logs, workspace }: EngineParts): Promise<void> {
  services.live.close();
  // A document under way is given up: its job is still there at the next start.
  await Promise.all([
    scheduler.stop(),
    jobs.stop(),
    services.webhooks.stop(),
    services.payments.stop(),
    services.telemetry.stop(),
    services.ingestion.close(),
    services.events.stop(),
    renderer.close(),
  ]);
  await logs.close();
  await workspace.close();
}

function openScheduler(context: ServiceContext, webhooks: Webhooks): Scheduler {
  return new Scheduler({
    clock: context.clock,
    logger: context.logger,
    runDueWork: async (until, isStopped) => {
      await runDueWork(context, until, isStopped);
      webhooks.booksReached(until);
    },
  });
}

function openWebhooks(config: EngineConfig, context: () => ServiceContext): Webhooks {
  const { systemClock, timer, outgoingHttp: http, baseUrl } = config;
  const checkEvents = (db: ReadDatabase, span: EventSpan): CheckedEvents => {
    const found = findEventErrors(db, { ...span, organizationId: context().organizationId });
    const errors = {
      invalid_code: found.invalidCode,
      missing_aggregation_property: found.missingAggregationProperty,
      missing_group_key: [],
      invalid_filter_values: found.invalidFilterValues,
    };
    return { errors, lastSequence: found.lastSequence };
  };
  return new Webhooks({ context, systemClock, timer, http, payloads: WEBHOOK_PAYLOADS, baseUrl, checkEvents });
}

interface OpenLogs {
  readonly services: Pick<ApiServices, 'requestLog' | 'activity' | 'undo' | 'host'>;
  readonly recorder: ChangeRecorder;
  close(): Promise<void>;
}

/** What is kept of calls and changes for whoever looks for a mistake. */
function openLogs(config: EngineConfig, context: ServiceContext, services: () => ApiServices): OpenLogs {
  const { systemClock, timer, baseUrl, dataDir } = config;
  const requestLog = new RequestLog({ context, systemClock, timer });
  const activity = new ActivityLog({ context, systemClock });
  const reader = new ObjectReader({ routes: ROUTES, services });
  const recorder = new ChangeRecorder({ activity, reader });
  const undo = new UndoDesk({ routes: ROUTES, services, activity, reader, recorder });
  const host: HostFacts = {
    dataFolder: dataDir,
    baseUrl,
    startedAt: systemClock.now(),
    now: () => systemClock.now(),
    secretStore: config.secrets.store ?? null,
    previews: new PreviewShelf(),
  };
  return {
    services: { requestLog, activity, undo, host },
    recorder,
    close: async () => {
      await requestLog.close();
      await activity.close();
    },
  };
}

function openTelemetry(config: EngineConfig, context: ServiceContext, isSandbox: boolean): Telemetry {
  const { systemClock, timer, outgoingHttp: http, telemetry: choice = NO_TELEMETRY } = config;
  return new Telemetry({ context, systemClock, timer, http, choice, isSandbox });
}

/** A live key never enters a sandbox, wherever it comes from. */
async function openPayments(config: EngineConfig, context: ServiceContext, isSandbox: boolean): Promise<Payments> {
  const { systemClock, timer, stripe = NO_STRIPE_SETTINGS } = config;
  const isRefused = isSandbox && stripe.secretKey !== null && isLiveKey(stripe.secretKey);
  if (isRefused) context.logger.warn({}, 'STRIPE_SECRET_KEY is a live key, and this workspace is a sandbox: the key is not used');
  const settings = isRefused ? { ...stripe, secretKey: null } : stripe;
  const payments = new Payments({ context, systemClock, timer, settings, isSandbox, folder: config.dataDir });
  await payments.open();
  return payments;
}

/** Who does the jobs that commits leave behind, by kind. */
function jobHandlers(context: ServiceContext): Readonly<Record<string, JobHandler>> {
  return {
    invoice_document: (id) => renderInvoiceDocument(context, id),
    credit_note_document: (id) => renderCreditNoteDocument(context, id),
  };
}

function documentRenderer(renderer: PdfRenderer): DocumentRenderer {
  return { render: (snapshot, logo) => renderer.renderDocument(snapshot as DocumentSnapshot, logo) };
}

async function organizationName(context: ServiceContext): Promise<string> {
  const organization = await context.database.read.manager.findOneBy(organizations, { id: context.organizationId });
  return present(organization, 'a workspace has its organization').name;
}
