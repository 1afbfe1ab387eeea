import type { Readable } from 'node:stream';

/** Why a stream was not read to its end. It is left as it is: whoever asked may still be answered. */
export class ReceivingError extends Error {
  readonly fault: 'TOO_LONG' | 'TOO_SHORT' | 'LATE' | 'CUT';
  constructor(fault: ReceivingError['fault'], cause?: unknown) {
    super(fault, { cause });
    this.fault = fault;
  }
}

/**
 * Reads a stream chunk by chunk, the next one when the last is dealt with. Unlike `pipeline` it does not destroy a stream that is not wanted any
 * more, which for a request is the connection that its answer goes over.
 * @param idleMs milliseconds in which something has to come
 * @throws ReceivingError where the stream was cut, or nothing came; what `take` throws
 */
export function eachChunk(source: Readable, take: (chunk: Buffer) => Promise<void> | void, idleMs?: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = idleMs === undefined ? undefined : setTimeout(() => done(new ReceivingError('LATE')), idleMs);
    let taking: Promise<void> = Promise.resolve();
    const onData = (chunk: Buffer): void => {
      timer?.refresh();
      source.pause();
      taking = (async () => take(chunk))().then(
        () => void source.resume(),
        (error: unknown) => done(error),
      );
    };
    let isWhole = false; // a stream is closed as soon as it has ended, and before its last chunk is dealt with
    const onEnd = (): void => {
      isWhole = true;
      void taking.then(() => done());
    };
    const onCut = (error?: unknown): void => {
      if (!isWhole) done(new ReceivingError('CUT', error));
    };
    const done = (error?: unknown): void => {
      clearTimeout(timer);
      source.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut).pause();
      source.on('error', () => {});
      if (error === undefined) resolve();
      else reject(error);
    };
    source.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
    if (source.destroyed && !source.readableEnded) onCut();
  });
}
