import { create } from 'zustand';
import type { UpdateState, WindowCommand } from '../../shared/desktop-bridge.ts';

type EngineState = Extract<WindowCommand, { readonly type: 'engine' }>['state'];

interface DesktopState {
  /** How the engine's process is; null in a browser. */
  readonly engine: EngineState | null;
  /** Why it refused to open the workspace. */
  readonly sentence: string | null;
  readonly update: UpdateState;
}

/** What the desktop shell last told this window. */
export const useDesktopState = create<DesktopState>()(() => ({ engine: null, sentence: null, update: { kind: 'off' } }));
