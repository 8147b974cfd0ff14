import { utilityProcess } from 'electron';
import type { HostProcess } from './engine-process.ts';

/** Starts the engine host as a process of Electron's own kind. */
export function forkHost(file: string): HostProcess {
  return utilityProcess.fork(file, [], { serviceName: 'Meterbook engine', stdio: 'inherit' });
}
