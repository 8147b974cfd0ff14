import type { SampleProgress } from '../../../shared/internal/sample.ts';
import type { LiveHub } from './live-hub.ts';

/** Tells open windows how far long work is. Answers what to call when it has gone on. */
export function tellRunningJobs(hub: LiveHub, progress: () => SampleProgress | null): () => void {
  let hasNews = false;
  hub.addSource(() => {
    if (!hasNews) return null;
    hasNews = false;
    const sample = progress();
    return { type: 'jobs', jobs: sample === null ? [] : [{ kind: 'sample', ...sample }] };
  });
  return () => {
    hasNews = true;
    hub.nudge();
  };
}
