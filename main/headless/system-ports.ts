import { workspacePaths, type EngineConfig } from '../engine.ts';
import { FileSecrets } from './file-secrets.ts';
import { NodeOutgoingHttp } from './node-outgoing-http.ts';
import type { ServedAddress } from './served-address.ts';
import { readStripeSettings } from './stripe-settings.ts';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';
import { systemTimer } from './system-timer.ts';

/** What a plain Node process gives the engine of the workspace in a folder. */
export function systemPorts(folder: string, address: ServedAddress): Omit<EngineConfig, 'dataDir' | 'kind' | 'logger'> {
  const random = systemRandom(systemClock);
  return {
    systemClock,
    random,
    secrets: new FileSecrets({ chosenKey: process.env['METERBOOK_SECRET_KEY'], file: secretKeyFile(folder), random }),
    timer: systemTimer,
    outgoingHttp: new NodeOutgoingHttp({ timer: systemTimer, ownPort: () => address.port }),
    baseUrl: () => address.url,
    stripe: readStripeSettings(process.env),
  };
}

/** Where the key to stored secrets lies, unless the environment or a keychain has it. */
export function secretKeyFile(folder: string): string {
  return workspacePaths(folder).secretKey;
}
