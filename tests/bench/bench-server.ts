import { z } from 'zod';
import { createApp } from '../../main/api/app.ts';
import { route } from '../../main/api/route.ts';
import { serveHttp } from '../../main/api/serve.ts';
import { openEngine } from '../../main/headless/open-engine.ts';
import { systemClock } from '../../main/headless/system-clock.ts';
import { systemRandom } from '../../main/headless/system-random.ts';
import { ok } from '../../shared/result.ts';
import { eventInput } from '../../shared/wire/event.ts';
import { silentLogger } from '../support/silent-logger.ts';

// The real engine behind the real HTTP server, with one more route that does nothing: what the server itself costs.
//   node bench-server.ts FOLDER

const [folder = ''] = process.argv.slice(2);
const { engine, address } = await openEngine({ folder, kind: 'live' });
const empty = createApp({
  routes: [
    route({
      method: 'post',
      path: '/empty',
      summary: 'Nothing',
      tag: 'Bench',
      wrapper: 'event',
      body: eventInput,
      answer: z.object({}),
      respond: () => ok({}),
    }),
  ],
  services: engine.services,
  findKey: () => ({ id: null, name: null }),
  runDueWork: () => Promise.resolve(),
  systemClock,
  random: systemRandom(systemClock),
  logger: silentLogger,
});
const server = await serveHttp({
  host: '127.0.0.1',
  port: 0,
  fetch: (request) => (request.url.endsWith('/empty') ? empty(request) : engine.fetch(request)),
  onError: (error) => {
    throw error;
  },
});
address.set(server);
engine.start();
process.once('SIGTERM', () => {
  void server.close(1000).then(() => engine.close());
});
process.stdout.write(`${JSON.stringify({ port: server.port, key: engine.mintKeyForThisRun() })}\n`);
