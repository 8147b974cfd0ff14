// Where the engine's own process begins.
import { EngineHost } from './engine-host.ts';

new EngineHost(process.parentPort, (status) => process.exit(status));
