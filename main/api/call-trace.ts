import type { Instant } from '../../shared/dates.ts';
import type { Random } from '../ports/random.ts';
import type { AnsweredRequest, CallingKey } from '../request-log/index.ts';
import { refusalAnswer } from './answers.ts';
import type { ErrorAnswer } from './errors.ts';
import type { Route } from './route.ts';

/** On every answer, so that a person can say which call they mean. */
export const REQUEST_ID_HEADER = 'x-request-id';

const RUN_BYTES = 9;

/** Numbers the calls of one run, each beginning with what no other run begins with. Drawing randomness for each would slow events down. */
export class RequestIds {
  readonly #run: string;
  #count = 0;

  constructor(random: Random) {
    this.#run = Buffer.from(random.bytes(RUN_BYTES)).toString('hex');
  }

  next(): string {
    this.#count += 1;
    return `${this.#run}-${this.#count.toString(36)}`;
  }
}

/** What becomes known of a call on its way to its answer. */
export class CallTrace {
  readonly id: string;
  route: Route | null = null;
  /** Set once a key was found good. */
  key: CallingKey | null = null;
  refusal: ErrorAnswer['body'] | null = null;
  /** The body as it was read, and the value that was answered. */
  sent: unknown = undefined;
  answered: unknown = undefined;
  /** The note of a change that can be undone. */
  activityId: string | null = null;

  constructor(id: string) {
    this.id = id;
  }

  refuse(refusal: ErrorAnswer): Response {
    this.refusal = refusal.body;
    return refusalAnswer(refusal);
  }
}

/** Who is told of each answered call of the public API: whoever has a key, and strangers; not our own screens. */
export interface CallObserver {
  readonly keepsBodies: boolean;
  note(call: AnsweredRequest): void;
}

/** When a call began: by the clock for people, and by one that never jumps. */
export interface CallStart {
  readonly at: Instant;
  readonly ms: number;
}
