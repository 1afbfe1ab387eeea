/** A piece of a line that stands together, as it was read. */
export interface ReadLine {
  readonly text: string;
  /** From 0 to 1. */
  readonly confidence: number;
  /** Of its letters, in parts of the highest on the card. */
  readonly height: number;
}
/** To the process that reads. */
export interface ToReader {
  readonly id: number;
  readonly picture: Uint8Array;
}
/** From it. */
export type FromReader =
  | { readonly id: number; readonly lines: readonly ReadLine[] }
  | { readonly id: number; readonly unreadable: true }
  | { readonly id: number; readonly failed: string }
  | { readonly absent: string };
