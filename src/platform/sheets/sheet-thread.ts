import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SheetRefused, sheetFault } from './sheet-fault.ts';
import { SHEET_LIMITS } from './sheet-limits.ts';
import type { FromThread, SheetWork, ToThread, WrittenRow } from './sheet-work.ts';

/** Only ends what hangs: honest work tells something many times a second. */
const SILENCE_MS = 60_000;
const YOUNG_HEAP_MB = 32;

/**
 * Does work in a thread of its own, one part at a time: the next is made when this one is taken. Whoever stops taking ends the thread.
 * @param rows what is written, where the work is to write
 * @throws SheetRefused also where the file takes more memory or time than it may
 */
export async function* inThread<Part>(
  work: SheetWork,
  rows: AsyncIterator<readonly WrittenRow[]> | undefined,
  heap = SHEET_LIMITS.heap,
): AsyncGenerator<Part> {
  const worker = new Worker(new URL('./sheet.worker.ts', import.meta.url), {
    workerData: work,
    transferList: work.kind === 'READ' ? [work.bytes] : [],
    resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
  });
  worker.on('error', () => {}); // told to whoever takes the parts, as long as somebody does
  const silence = new AbortController();
  const listening = (): NodeJS.Timeout => setTimeout(() => silence.abort(), SILENCE_MS);
  let timer = listening();
  const answer = (message: ToThread): void => {
    worker.postMessage(message);
    timer = listening();
  };
  try {
    for await (const [message] of on(worker, 'message', { signal: silence.signal, close: ['exit'] })) {
      const { part, want, end, refused } = message as FromThread;
      if (refused) throw new SheetRefused(...refused);
      if (end) return;
      clearTimeout(timer);
      if (want) answer({ rows: (await nextRows(rows)) ?? null });
      if (part === undefined) continue;
      yield part as Part;
      answer({});
    }
    throw new Error('the thread of a sheet has ended by itself');
  } catch (error) {
    throw isExhausted(error, silence.signal) ? new SheetRefused(sheetFault('FILE_UNFOLDS')) : error;
  } finally {
    clearTimeout(timer);
    await rows?.return?.();
    await worker.terminate();
  }
}

async function nextRows(rows: AsyncIterator<readonly WrittenRow[]> | undefined): Promise<readonly WrittenRow[] | undefined> {
  const next = await rows?.next();
  return next?.done ? undefined : next?.value;
}

const isExhausted = (error: unknown, { aborted }: AbortSignal): boolean =>
  aborted || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
