/** Every permission that a page could ask for is denied: ours needs none. Electron's own default is to grant. Rule: reliability-and-security.md § 6 "Permissions". */
export function isPermissionGranted(_permission: string): boolean {
  return false;
}
