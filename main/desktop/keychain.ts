import { safeStorage } from 'electron';
import type { Keychain } from './engine-process.ts';

/**
 * The operating system's keychain; null where there is none that deserves the name. Linux without a keyring "encrypts" with a text that
 * everybody knows: that is no store. Rule: reliability-and-security.md § 7 "Provider secrets".
 */
export async function openKeychain(platform: NodeJS.Platform): Promise<Keychain | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  if (platform === 'linux' && !isRealStore(safeStorage.getSelectedStorageBackend())) return null;
  return {
    seal: async (text) => (await safeStorage.encryptStringAsync(text)).toString('base64url'),
    unseal: async (text) => (await safeStorage.decryptStringAsync(Buffer.from(text, 'base64url'))).result,
  };
}

/** What Electron calls the stores that keep a secret. */
export function isRealStore(backend: string): boolean {
  return ['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'].includes(backend);
}
