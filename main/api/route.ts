import type { z } from 'zod';
import type { Result } from '../../shared/result.ts';
import type { ServiceContext } from '../service-context.ts';
import type { QueryValues } from './query.ts';
import type { ApiServices } from './services.ts';

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One call as its route sees it: names and values decoded, the body checked. */
export interface RouteRequest<Body> {
  readonly services: ApiServices;
  /** The same as `services.context`, since every route needs it. */
  readonly context: ServiceContext;
  /** Path parameters, percent-decoded exactly once. */
  readonly pathValues: Readonly<Record<string, string>>;
  readonly query: QueryValues;
  readonly body: Body;
  /** The body's bytes and the headers, for routes that ask for them (`takesRawBody`). */
  readonly raw?: RawRequest;
  /** The server's own address as it was called, `http://127.0.0.1:PORT`: absolute links begin with it. */
  readonly baseUrl: string;
  /** The `x-request-id` of the answer. */
  readonly requestId: string;
}

/** A request as it came over the wire, for bodies whose signature is over their bytes. */
export interface RawRequest {
  readonly bytes: Uint8Array;
  readonly header: (name: string) => string | null;
}

interface RouteDefinition<Body> {
  readonly method: HttpMethod;
  /** Below `/api/v1`: `/plans/:code`. A last `:code*` takes the whole rest of the path, raw slashes included. */
  readonly path: string;
  /**
   * `anyone`: no key is asked for, and the path counts from the server's root. `session`: for our own screens only, below
   * `/api/internal`; a key does not open it. Left out: a key or a session is needed.
   */
  readonly access?: 'anyone' | 'session';
  readonly summary: string;
  readonly tag: string;
  /** The key that the body's object stands under; missing, empty or not an object is 400. */
  readonly wrapper?: string;
  /** Schema of what stands under the wrapper, or of the whole body without one. The messages of its issues are the codes. */
  readonly body?: z.ZodType<Body>;
  /** For calls that the client sends without body and content type: the schema then sees `{}`. */
  readonly optionalBody?: boolean;
  /** A question that is asked with a body: nothing falls due by it. */
  readonly changesNothing?: boolean;
  /** The body is not read as JSON: the route is given its bytes. */
  readonly takesRawBody?: boolean;
  /** The query's keys and what they mean, for the OpenAPI page. */
  readonly queryKeys?: Readonly<Record<string, string>>;
  /** What the answer looks like, for the OpenAPI page; it never alters what is sent. */
  readonly answer: z.ZodType;
  /** The value is the JSON body of a 200; `emptyAnswer()` and `textAnswer()` send something else. */
  readonly respond: (request: RouteRequest<Body>) => Promise<Result<unknown>> | Result<unknown>;
}

/** A route whose body type is known to its own schema and handler only. */
export type Route = RouteDefinition<unknown>;

/** Defines one route of the public API; `main/api/app.ts` collects them. */
export function route<Body = undefined>(definition: RouteDefinition<Body>): Route {
  return definition as unknown as Route;
}

type AnswerContent = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/** A body that is not JSON: nothing at all, plain text, a file, or a stream that goes on. */
export class RawAnswer {
  readonly content: AnswerContent;
  readonly contentType: string | null;
  /** What a browser calls the file when it is saved. */
  readonly fileName: string | null;

  constructor(content: AnswerContent, contentType: string | null, fileName: string | null = null) {
    this.content = content;
    this.contentType = contentType;
    this.fileName = fileName;
  }
}

/** 200 with an empty body, for the calls whose answer the client never reads. */
export function emptyAnswer(): RawAnswer {
  return new RawAnswer('', null);
}

/** 200 with plain text. */
export function textAnswer(text: string): RawAnswer {
  return new RawAnswer(text, 'text/plain; charset=utf-8');
}

/** 200 with messages that go on until either side ends it. */
export function eventStreamAnswer(stream: ReadableStream<Uint8Array<ArrayBuffer>>): RawAnswer {
  return new RawAnswer(stream, 'text/event-stream; charset=utf-8');
}

/** 200 with a file that a browser shows in place. */
export function fileAnswer(file: {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly fileName: string;
}): RawAnswer {
  return new RawAnswer(file.bytes, file.contentType, file.fileName);
}
