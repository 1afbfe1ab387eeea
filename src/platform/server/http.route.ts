import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Language, Text } from '../language/language.ts';

/** One request of a route, and how it is refused. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly requestId: string;
  readonly language: Language;
  /** The caller's network address: the peer's, or that which trusted proxies have passed on. */
  readonly address: string;
  /** Where the server was asked, such as `https://guichet.example`; empty where nobody knows. */
  readonly origin: string;
  /** Answers with an error in the form of all others. What is left of the body is read away, so that the client sees the answer. */
  refuse(status: number, code: string, message: Text): void;
}

/**
 * Addresses beside /graphql. Each address is itself the permission for what is done there, so it does not matter which page asks: nobody is
 * known by a cookie.
 */
export interface HttpRoute {
  /** What its addresses begin with, such as `/files/`. */
  readonly prefix: string;
  readonly methods: readonly string[];
  /** Headers that pages of listed origins may send, and those that they may read, beside those of all answers. */
  readonly takesHeaders: readonly string[];
  readonly tellsHeaders: readonly string[];
  /** Answers the request. What it throws is answered as a fault of the server. */
  handle(exchange: HttpExchange): Promise<void>;
}

/** How long the rest of a refused body is read, and how much of it. */
const READ_AWAY = { bytes: 4 * 1024 * 1024, ms: 5_000 };

/** Reads what is left of a body and keeps nothing; a client that goes on all the same is cut off. */
export function readAway(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  let left = READ_AWAY.bytes;
  const cut = setTimeout(() => request.destroy(), READ_AWAY.ms).unref();
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on('error', () => {});
  request.once('close', () => clearTimeout(cut));
  request.once('end', () => clearTimeout(cut));
  request.resume();
}
