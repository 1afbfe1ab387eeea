import { type DocumentLimits, defaultDocumentLimits } from '../documents/index.ts';

/** What the server takes and how long it waits (targets 2). Sizes in bytes, times in milliseconds. */
export interface Limits {
  documents: DocumentLimits;
  bodyBytes: number;
  /** From the head of a request to the end of its body. */
  bodyMs: number;
  /** From a prepared request to its answer; for a subscription, to its start. */
  requestMs: number;
  /** Errors written out in one answer; the rest are counted in `extensions.refusals`. */
  errors: number;
  socketsPerKey: number;
  /** Sockets and event streams of callers who are nobody yet: from one address, and of all of them together. */
  nobodyFromOne: number;
  nobody: number;
  /** Operations under way on one socket, and event streams over HTTP of one key. */
  subscriptions: number;
  messageBytes: number;
  initMs: number;
  pingMs: number;
  /** What may wait to be sent on one socket before it is closed. */
  sendBufferBytes: number;
  /** How often the seats of open sockets and streams are looked at. */
  seatCheckMs: number;
  /** How long a stop leaves idle connections open, for requests that are on their way. */
  idleGraceMs: number;
  /** How long a stop waits for what is under way; the process has 15 s in all. */
  stopMs: number;
}

export const defaultLimits: Limits = {
  documents: defaultDocumentLimits,
  bodyBytes: 256 * 1024,
  bodyMs: 10_000,
  requestMs: 10_000,
  errors: 50,
  socketsPerKey: 10,
  nobodyFromOne: 50,
  nobody: 1_000,
  subscriptions: 50,
  messageBytes: 64 * 1024,
  initMs: 3_000,
  pingMs: 15_000,
  sendBufferBytes: 1024 * 1024,
  seatCheckMs: 500,
  idleGraceMs: 500,
  stopMs: 12_000,
};
