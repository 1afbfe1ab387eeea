import { mkdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Server } from '@tus/server';

/** One file that comes in pieces. */
export interface Resumed {
  /** A word that is no path; pieces of one are kept under it. */
  readonly id: string;
  /** Bytes, exactly. */
  readonly size: number;
  /** Called with the whole file; it belongs to whoever is called. @throws TusRefusal */
  finish(path: string): Promise<void>;
}
/** How an answer to a piece is refused, in the form of the protocol's library. */
export class TusRefusal extends Error {
  readonly status_code: number;
  readonly body: string;
  constructor(status: number, message: string) {
    super(message);
    this.status_code = status;
    this.body = `${message}\n`;
  }
}

export const TUS_METHODS = ['POST', 'HEAD', 'PATCH'] as const;
/** Headers of the protocol that pages send, and that they read. */
export const TUS_TAKES = ['tus-resumable', 'upload-length', 'upload-offset', 'upload-metadata'] as const;
export const TUS_TELLS = ['Location', 'Tus-Resumable', 'Upload-Length', 'Upload-Offset'] as const;

/**
 * Files that come in pieces and go on where they were cut off (tus 1.0: creation, offsets, pieces). Nothing is read by it, and nothing deleted.
 * The library is loaded by the first who needs it.
 */
export class ResumableFiles {
  readonly #folder: string;
  readonly #under = new WeakMap<IncomingMessage, Resumed>();
  #server: Promise<Server> | undefined;
  constructor(folder: string) {
    this.#folder = folder;
  }
  /** Answers one request about one file. */
  async handle(request: IncomingMessage, response: ServerResponse, resumed: Resumed): Promise<void> {
    this.#server ??= this.#open();
    this.#under.set(request, resumed);
    const server = await this.#server;
    // the library waits without end for the end of an answer that nobody hears any more
    await Promise.race([server.handle(request, response), new Promise((resolve) => void response.once('close', resolve))]);
  }

  async #open(): Promise<Server> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const [{ Server: Tus }, { FileStore }] = await Promise.all([import('@tus/server'), import('@tus/file-store')]);
    const of = (request: object): Resumed => this.#under.get((request as TusRequest).runtime.node.req)!;
    return new Tus({
      path: '/',
      datastore: new FileStore({ directory: this.#folder }),
      allowedOrigins: () => false, // the server has said who may ask
      maxSize: (request) => of(request).size,
      namingFunction: (request) => of(request).id,
      getFileIdFromRequest: (request) => of(request).id,
      generateUrl: (request) => new URL(request.url).pathname,
      onUploadCreate: async (request, upload) => {
        const { id, size } = of(request);
        if (upload.size !== size) throw new TusRefusal(400, 'These are not as many bytes as were announced.');
        const there = await stat(join(this.#folder, id)).catch(() => undefined);
        if (there?.size) throw new TusRefusal(409, 'This upload has begun: HEAD says how far it is, PATCH goes on from there.');
        return {};
      },
      onUploadFinish: async (request) => {
        const { id, finish } = of(request);
        try {
          await finish(join(this.#folder, id));
        } finally {
          await Promise.all([id, `${id}.json`].map((name) => rm(join(this.#folder, name), { force: true })));
        }
        return {};
      },
    });
  }
}
interface TusRequest {
  readonly runtime: { readonly node: { readonly req: IncomingMessage } };
}
