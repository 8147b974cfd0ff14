import Sqlite from 'better-sqlite3';

/** A lock that the operating system frees when the process ends, however it ends. */
export interface ExclusiveLock {
  release(): void;
}

/** Takes the lock that lives in a tiny database file; null while another process holds it. The file is made when it is missing. */
export function takeExclusiveLock(file: string): ExclusiveLock | null {
  const connection = new Sqlite(file, { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return {
    release: () => {
      connection.close();
    },
  };
}
