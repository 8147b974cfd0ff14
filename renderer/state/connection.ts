import { create } from 'zustand';

/**
 * `live`: messages come. `reconnecting`: they stopped, what is shown may be old. `stopped`: the server does not answer at all.
 * `signed_out`: it answers, but no longer knows this window.
 */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'stopped' | 'signed_out';

interface Connection {
  readonly state: ConnectionState;
  readonly become: (state: ConnectionState) => void;
}

/** How this window stands to the server. */
export const useConnection = create<Connection>()((set) => ({
  state: 'connecting',
  become: (state) => {
    set({ state });
  },
}));
