import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** A test extracts into a folder of its own, and compares. */
const folder = process.env['METERBOOK_CATALOGUE'] ?? '<rootDir>/renderer/locales';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en'],
  catalogs: [{ path: `${folder}/{locale}/messages`, include: ['<rootDir>/renderer'] }],
  // Values that look like tags stay what they are; the build knows where this is.
  runtimeConfigModule: { Trans: ['#safe-trans', 'Trans'] },
  // A moved line is no change of the catalogue.
  format: formatter({ lineNumbers: false, origins: true }),
  orderBy: 'message',
});
