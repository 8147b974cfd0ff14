// What Electron's own binary may do in the packaged app. Rule: reliability-and-security.md § 6 "Fuses". electron-builder.yml sets it.
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** By electron-builder's names; each with what it would let somebody do, or keeps them from. */
export const FUSES = {
  // The signed app as a plain Node. It also ends `child_process.fork`: the engine is a utility process.
  runAsNode: false,
  // NODE_OPTIONS, which can load any code.
  enableNodeOptionsEnvironmentVariable: false,
  // --inspect, which can run any code.
  enableNodeCliInspectArguments: false,
  // file:// pages that read other files. There are none.
  grantFileProtocolExtraPrivileges: false,
  // A folder `app` beside the archive in its place.
  onlyLoadAppFromAsar: true,
  // A changed archive.
  enableEmbeddedAsarIntegrityValidation: true,
} as const;

export type FuseName = keyof typeof FUSES;

const WIRE_PLACES: Readonly<Record<FuseName, FuseV1Options>> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
};

/** How a fuse wire writes them. */
const [OFF, ON] = [0x30, 0x31];

/** The fuses of a packaged binary that are not as they must be. */
export async function wrongFuses(binary: string): Promise<readonly FuseName[]> {
  const wire = await getCurrentFuseWire(binary);
  const names = Object.keys(FUSES) as FuseName[];
  return names.filter((name) => Number(wire[WIRE_PLACES[name]]) !== (FUSES[name] ? ON : OFF));
}
