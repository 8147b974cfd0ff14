import type { ErrorAnswer } from './errors.ts';
import { RawAnswer } from './route.ts';

/** On every answer: nothing is sniffed, nothing is kept. */
const SAFETY_HEADERS: Readonly<Record<string, string>> = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
const JSON_HEADERS: Readonly<Record<string, string>> = { 'content-type': 'application/json; charset=utf-8', ...SAFETY_HEADERS };

export function jsonAnswer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: JSON_HEADERS });
}

export function refusalAnswer(refusal: ErrorAnswer): Response {
  const headers = refusal.headers === undefined ? JSON_HEADERS : { ...JSON_HEADERS, ...refusal.headers };
  return new Response(JSON.stringify(refusal.body), { status: refusal.status, headers });
}

/** The answer to a route's value: JSON, unless the route asked for something else. */
export function valueAnswer(value: unknown): Response {
  return value instanceof RawAnswer ? rawAnswer(value) : jsonAnswer(200, value);
}

function rawAnswer(answer: RawAnswer): Response {
  const headers: Record<string, string> = { ...SAFETY_HEADERS };
  if (answer.contentType !== null) headers['content-type'] = answer.contentType;
  if (answer.fileName !== null) headers['content-disposition'] = `inline; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`;
  return new Response(answer.content === '' ? null : answer.content, { status: 200, headers });
}
