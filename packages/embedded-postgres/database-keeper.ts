import { statfs } from 'node:fs/promises';
import type { DatabaseHome } from './database-home.ts';
import { isPostmaster, readPostmasterFile } from './postmaster.ts';

const EVERY_MILLISECONDS = 500;
const TRY_AGAIN_MILLISECONDS = 3_000;
/**
 * Below this, PostgreSQL's log may find no room for its next file, and then the whole server goes down, reads and all: so nothing is written
 * any more. Four files of the log.
 */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

/** Looks after the running server, for as long as a process of ours serves from it. */
export interface DatabaseKeeper {
  /** Whether there is room for what a request would write. */
  readonly hasRoom: boolean;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}
export interface KeeperOptions {
  /** Told when the disk gets full and when it has room again. */
  onRoom(hasRoom: boolean): void;
  /** Told of a server that was gone and is back, and, with the reason, of one that does not come back yet. */
  onRevival(failure?: unknown): void;
}

/** @param revive starts the server where no other process has done so */
export function keepDatabase(home: DatabaseHome, revive: () => Promise<void>, options: KeeperOptions): DatabaseKeeper {
  let hasRoom = true;
  let isStopped = false;
  let notBefore = 0;
  let timer: NodeJS.Timeout;
  let looking: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const { bavail, bsize } = await statfs(home.folder);
    const has = bavail * bsize >= LEAST_FREE_BYTES;
    if (has !== hasRoom) options.onRoom(has);
    hasRoom = has;
    if (performance.now() < notBefore || (await runs(home))) return;
    try {
      await revive();
      options.onRevival();
    } catch (error) {
      notBefore = performance.now() + TRY_AGAIN_MILLISECONDS;
      options.onRevival(error);
    }
  };
  const next = (): void => {
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => options.onRevival(error))
        .finally(() => isStopped || next());
    }, EVERY_MILLISECONDS).unref();
  };
  next();
  return {
    get hasRoom() {
      return hasRoom;
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      return looking;
    },
  };
}

async function runs(home: DatabaseHome): Promise<boolean> {
  const file = await readPostmasterFile(home);
  return file !== undefined && (await isPostmaster(home, file.pid));
}
