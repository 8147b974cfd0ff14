// What main process and engine host tell each other over the utility process's port.

/** Main → engine host. */
export type ToEngineHost =
  | {
      readonly type: 'start';
      readonly folder: string;
      readonly isSandbox: boolean;
      readonly port: number;
      /** Proves that a request comes from a window of ours. Windows never see it. */
      readonly token: string;
      /** Whether the main process can seal secrets; without it the key file or the environment does. */
      readonly hasKeychain: boolean;
    }
  | { readonly type: 'stop' }
  | { readonly type: 'woke' }
  | { readonly type: 'pause'; readonly isPaused: boolean }
  | { readonly type: 'sealed'; readonly askId: number; readonly text: string }
  | { readonly type: 'not_sealed'; readonly askId: number; readonly sentence: string };

/** Engine host → main. */
export type FromEngineHost =
  | { readonly type: 'ready'; readonly url: string; readonly port: number; readonly organizationName: string }
  | { readonly type: 'refused'; readonly status: number; readonly sentence: string }
  | { readonly type: 'stopped' }
  | { readonly type: 'status'; readonly eventsPerSecond: number; readonly problems: number }
  | { readonly type: 'seal'; readonly askId: number; readonly text: string }
  | { readonly type: 'unseal'; readonly askId: number; readonly text: string };

/** On every request that the main process forwards. */
export const DESKTOP_TOKEN_HEADER = 'x-meterbook-desktop';
