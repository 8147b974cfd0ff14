/** A machine failure that has a name: the HTTP port answers it with 503 and says which. */
export class DatabaseUnavailable extends Error {
  readonly code: 'database_busy' | 'storage_full' | 'database_corrupt';

  constructor(code: DatabaseUnavailable['code'], cause: unknown) {
    super(`the database is not available: ${code}`, { cause });
    this.code = code;
  }
}

const sqliteCode = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return '';
  if ('driverError' in error) return sqliteCode(error.driverError);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
};

/** Names the failures of the machine; everything else stays as it was thrown. */
export function nameDatabaseError(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new DatabaseUnavailable('database_busy', error);
  if (code.startsWith('SQLITE_FULL')) return new DatabaseUnavailable('storage_full', error);
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return new DatabaseUnavailable('database_corrupt', error);
  return error;
}

/** Whether a unique index refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  return sqliteCode(error) === 'SQLITE_CONSTRAINT_UNIQUE' || sqliteCode(error) === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}
