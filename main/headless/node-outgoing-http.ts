import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { OutgoingFailure, OutgoingHttp, OutgoingOutcome, OutgoingPost } from '../ports/outgoing-http.ts';
import type { Timer } from '../ports/timer.ts';
import { isDialable } from './outgoing-addresses.ts';

const TIME_LIMIT_MS = 30_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** Finds the addresses of a name, as `dns.lookup` does with `all`. */
export type NameResolver = (
  name: string,
  answer: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface OutgoingHttpParts {
  readonly timer: Timer;
  /** Where this program answers; null before it listens. */
  readonly ownPort: () => number | null;
  readonly resolve?: NameResolver;
}

const resolveBySystem: NameResolver = (name, answer) => {
  resolveName(name, { all: true }, answer);
};

/** Posts with Node's own client. The address is checked where it is dialled: after the name was resolved, with no second look-up in between. */
export class NodeOutgoingHttp implements OutgoingHttp {
  readonly #parts: OutgoingHttpParts;

  constructor(parts: OutgoingHttpParts) {
    this.#parts = parts;
  }

  post(post: OutgoingPost): Promise<OutgoingOutcome> {
    const url = URL.canParse(post.url) ? new URL(post.url) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol))
      return Promise.resolve(failed('invalid_url', 'the URL is not http or https'));
    const port = portOf(url);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(host) !== 0 && !this.#isDialable(host, port)) return Promise.resolve(failed('refused_address', REFUSAL));
    return this.#send(url, post, this.#guardedLookup(port));
  }

  #send(url: URL, post: OutgoingPost, lookup: LookupFunction): Promise<OutgoingOutcome> {
    return new Promise((resolve) => {
      const options: RequestOptions = {
        method: 'POST',
        agent: false,
        lookup,
        signal: post.signal,
        headers: { ...post.headers, 'content-length': Buffer.byteLength(post.body) },
      };
      let answer: AnswerReader | null = null;
      const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
      const end = (outcome: OutgoingOutcome): void => {
        endTimeLimit();
        // What the other side still sends is not read.
        request.destroy();
        resolve(outcome);
      };
      // An answer that has begun is one, however long its rest takes.
      const giveUp = (failure: OutgoingFailure, detail: string): void => end(answer === null ? failed(failure, detail) : answer.outcome());
      const endTimeLimit = this.#parts.timer.after(TIME_LIMIT_MS, () => giveUp('timeout', `no answer within ${TIME_LIMIT_MS / 1000} s`));
      request.on('response', (response) => {
        answer = new AnswerReader(response, end);
      });
      request.on('error', (error: NodeJS.ErrnoException) => giveUp(failureOf(error, post.signal), detailOf(error)));
      request.on('close', () => giveUp('unreachable', 'the connection was closed'));
      request.end(post.body);
    });
  }

  #isDialable(address: string, port: number): boolean {
    return isDialable(address, port, this.#parts.ownPort());
  }

  /** Hands on only addresses that may be dialled: what the socket is given is what was checked. */
  #guardedLookup(port: number): LookupFunction {
    const resolve = this.#parts.resolve ?? resolveBySystem;
    return (name, options, callback) => {
      resolve(name, (error, addresses) => {
        const allowed = addresses.filter(({ address }) => this.#isDialable(address, port));
        const [first] = allowed;
        if (error !== null) callback(error, []);
        else if (first === undefined) callback(Object.assign(new Error(REFUSAL), { code: REFUSED_CODE }), []);
        else if (options.all === true) callback(null, allowed);
        else callback(null, first.address, first.family);
      });
    };
  }
}

const REFUSAL = 'link-local and metadata addresses and the port of this program are not dialled';
const REFUSED_CODE = 'ADDRESS_REFUSED';

/** The beginning of an answer. */
class AnswerReader {
  readonly #response: IncomingMessage;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(response: IncomingMessage, end: (outcome: OutgoingOutcome) => void) {
    this.#response = response;
    response.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      if (this.#bytes >= MAX_ANSWER_BYTES) end(this.outcome());
    });
    response.on('end', () => end(this.outcome()));
    // A connection that breaks within the body: the status has come all the same.
    response.on('error', () => end(this.outcome()));
  }

  outcome(): OutgoingOutcome {
    const body = Buffer.concat(this.#chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
    return { kind: 'answered', status: this.#response.statusCode ?? 0, body };
  }
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function failureOf(error: NodeJS.ErrnoException, signal: AbortSignal): OutgoingFailure {
  if (signal.aborted) return 'given_up';
  return error.code === REFUSED_CODE ? 'refused_address' : 'unreachable';
}

/** The system's own code says most; a refusal of ours has a sentence. */
function detailOf(error: NodeJS.ErrnoException): string {
  return error.code === undefined || error.code === REFUSED_CODE ? error.message : error.code;
}

function failed(failure: OutgoingFailure, detail: string): OutgoingOutcome {
  return { kind: 'failed', failure, detail };
}
