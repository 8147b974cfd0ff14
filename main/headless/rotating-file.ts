import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const KEPT_FILES = 5;

/**
 * A log file that never grows beyond 10 MB: `x.log` is the newest, `x.log.1` the one before, up to `x.log.4`. Opened at the first
 * line, so that a program that may not touch the folder leaves no trace in it.
 */
export class RotatingFile {
  readonly #file: string;
  readonly #maxBytes: number;
  #descriptor: number | null = null;
  #bytes = 0;

  constructor(file: string, maxBytes: number = MAX_FILE_BYTES) {
    this.#file = file;
    this.#maxBytes = maxBytes;
  }

  write(line: string): void {
    if (this.#descriptor !== null && this.#bytes >= this.#maxBytes) this.#rotate();
    const descriptor = (this.#descriptor ??= this.#open());
    this.#bytes += writeSync(descriptor, line);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #open(): number {
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(this.#file, 'a', 0o600);
    this.#bytes = fstatSync(descriptor).size;
    return descriptor;
  }

  #rotate(): void {
    this.close();
    for (let age = KEPT_FILES - 1; age >= 1; age -= 1) {
      const newer = age === 1 ? this.#file : `${this.#file}.${String(age - 1)}`;
      if (existsSync(newer)) renameSync(newer, `${this.#file}.${String(age)}`);
    }
  }
}
