import { fileURLToPath } from 'node:url';

/** Where the fonts lie: beside the built program, or in the packages when it runs from its sources. */
export function fontsFolder(): string {
  const isBuilt = import.meta.url.endsWith('.js');
  return fileURLToPath(new URL(isBuilt ? './fonts' : '../../../node_modules/@fontsource', import.meta.url));
}
