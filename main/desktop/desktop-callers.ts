import { timingSafeEqual } from 'node:crypto';
import { SESSION_HEADER } from '../../shared/internal/session.ts';
import { UNKNOWN_CALLER, type Caller } from '../engine.ts';
import { DESKTOP_TOKEN_HEADER } from './engine-messages.ts';

const SIGNED_IN: Caller = { isSignedIn: true };

/** Tells our own windows, whose requests the main process forwards with its token, from everybody else on the port. */
export function desktopCaller(request: Request, token: string): Caller {
  const given = request.headers.get(DESKTOP_TOKEN_HEADER);
  if (given === null || !isSame(given, token)) return UNKNOWN_CALLER;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead || request.headers.get(SESSION_HEADER) !== null ? SIGNED_IN : UNKNOWN_CALLER;
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
