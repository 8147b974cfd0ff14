import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    environment: 'node',
    // better-sqlite3 is a native module: one process per file keeps a crash in one file to that file.
    pool: 'forks',
    maxWorkers: 2,
    // A test takes a fraction of this; a busy machine must not make it fail.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    teardownTimeout: 5_000,
    // No machine's zone may decide a boundary: a zone with an odd offset makes such a mistake visible.
    env: { TZ: 'Asia/Kathmandu' },
  },
});
