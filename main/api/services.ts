import type { Instant } from '../../shared/dates.ts';
import type { Result } from '../../shared/result.ts';
import type { ActivityLog } from '../activity/index.ts';
import type { SecretStore } from '../ports/secrets.ts';
import type { Payments } from '../payments/index.ts';
import type { SampleCompany } from '../sample/index.ts';
import type { RequestLog } from '../request-log/index.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Telemetry } from '../telemetry/index.ts';
import type { EventDebugger, EventIngestion } from '../usage/index.ts';
import type { Webhooks } from '../webhooks/index.ts';
import type { LiveHub } from './internal/live-hub.ts';
import type { PreviewShelf } from './internal/preview-shelf.ts';
import type { UndoDesk } from './undo-change.ts';

/** What routes are given. The composition root fills it; a route calls services with `context`. */
export interface ApiServices {
  readonly context: ServiceContext;
  /** Whether the books are a sandbox, whose clock its user may move. */
  readonly isSandbox: boolean;
  /** The sandbox's clock; null for a live workspace. */
  readonly testClock: MovableClock | null;
  /** The way in for usage events. */
  readonly ingestion: EventIngestion;
  /** What became of the events, for people who look. */
  readonly events: EventDebugger;
  /** Payment providers and what is asked of them. */
  readonly payments: Payments;
  /** Webhook endpoints, what was sent to them, and their keys. */
  readonly webhooks: Webhooks;
  /** The made-up company that books can be filled with. */
  readonly sample: SampleCompany;
  /** Messages to open windows. */
  readonly live: LiveHub;
  /** What was called, what was changed, and how to set it back. */
  readonly requestLog: RequestLog;
  readonly activity: ActivityLog;
  readonly undo: UndoDesk;
  /** What the program tells about itself, and whether it may. */
  readonly telemetry: Telemetry;
  readonly host: HostFacts;
}

/** What the program knows of where it runs. */
export interface HostFacts {
  readonly dataFolder: string;
  /** `http://127.0.0.1:PORT` */
  readonly baseUrl: () => string;
  readonly startedAt: Instant;
  /** By the computer's own clock, also in a sandbox. */
  readonly now: () => Instant;
  readonly secretStore: SecretStore | null;
  readonly previews: PreviewShelf;
}

/** A clock that its user moves. */
export interface MovableClock {
  now(): Instant;
  /** False while it still follows the system's clock. */
  isSet(): boolean;
  /** Moves it and does everything that falls due on the way, in order, before it resolves. */
  moveTo(instant: Instant): Promise<Result<null>>;
}
