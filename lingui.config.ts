import { defineConfig } from '@lingui/cli';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en'],
  catalogs: [{ path: '<rootDir>/renderer/locales/{locale}/messages', include: ['renderer'] }],
  // Origins without line numbers: a moved line is no change of the catalogue.
  orderBy: 'messageId',
});
