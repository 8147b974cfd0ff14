/** The SQLite driver ends an older Node with a segmentation fault and no message, so this is asked before it is imported. */
const OLDEST_NODE_MAJOR = 22;

/** The sentence for a Node that cannot run Meterbook, or null. */
export function refusalOfNode(version: string): string | null {
  if (Number.parseInt(version, 10) >= OLDEST_NODE_MAJOR) return null;
  return `Meterbook needs Node ${String(OLDEST_NODE_MAJOR)} or newer; this is Node ${version}. See https://nodejs.org.`;
}
