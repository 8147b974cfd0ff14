import type { ServiceContext } from '../service-context.ts';

/** What routes are given. The composition root fills it; a route calls services with `context`. */
export interface ApiServices {
  readonly context: ServiceContext;
  /** Whether the books are a sandbox, whose clock its user may move. */
  readonly isSandbox: boolean;
}
