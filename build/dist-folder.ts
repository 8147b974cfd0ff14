/** Where the build goes, from the project's folder: `dist`, unless METERBOOK_DIST names another, so that two builds can stand side by side. */
export function distFolder(): string {
  return process.env['METERBOOK_DIST'] ?? 'dist';
}
