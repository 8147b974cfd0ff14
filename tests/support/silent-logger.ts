import type { Logger } from '../../main/ports/logger.ts';

/** Hears everything and says nothing. */
export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
