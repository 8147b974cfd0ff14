import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import type { SampleAnswer } from '../../../shared/internal/sample.ts';
import { route } from '../route.ts';
import type { ApiServices } from '../services.ts';

const path = '/sample';
const access = 'session';
const tag = 'internal';
const answer = z.unknown();

/** The sample company comes in and goes out as a whole. Rule: ui.md § 4.13. */
export const sampleRoutes = [
  route({
    method: 'get',
    path,
    access,
    tag,
    answer,
    summary: 'Whether the sample company is loaded, may be, or how far its loading is',
    respond: async ({ services }) => ok(await services.sample.state()),
  }),
  route({
    method: 'post',
    path,
    access,
    tag,
    answer,
    summary: 'Fill empty books with the sample company; answers when it is done',
    respond: ({ services }) => answerState(services, () => services.sample.load()),
  }),
  route({
    method: 'delete',
    path,
    access,
    tag,
    answer,
    summary: 'Take the sample company out again, with everything that was added to it',
    respond: ({ services }) => answerState(services, () => services.sample.remove()),
  }),
];

async function answerState(services: ApiServices, change: () => Promise<Result<null>>): Promise<Result<SampleAnswer>> {
  const changed = await change();
  return changed.ok ? ok(await services.sample.state()) : changed;
}
