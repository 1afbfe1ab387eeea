import type { PluginFolder } from '../plugin-folder.ts';

/** Cells of the memory that the server and its watchdog share. */
export const BEAT = 0;
/** The number of the plugin whose code is under way, from 1; 0 for none. */
export const SIGN = 1;
/** Whether a debugger is attached, which stops the thread as it likes. */
export const INSPECTED = 2;
/** Set by the watchdog when it has written down what it was told. */
export const NOTED = 3;
export const CELLS = 4;

/** Beats, and looks for them, in the time after which a thread counts as blocked. */
export const BEATS = 10;
/** Exit code that asks to be started again. */
export const RESTART = 75;

export interface WatchdogData {
  readonly memory: SharedArrayBuffer;
  /** 0: blocks are not looked for. */
  readonly seconds: number;
  /** By their numbers, from 1. */
  readonly plugins: readonly PluginFolder[];
  readonly logLevel: string;
}
/** What the server tells its watchdog. */
export type WatchdogMessage =
  | { readonly opened: { readonly url: string; readonly off: readonly string[] } }
  | { readonly note: { readonly plugin: string; readonly place: string | undefined } };
