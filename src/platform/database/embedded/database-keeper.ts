import { openHome } from './database-home.ts';
import { type EmbeddedDatabase, type EmbeddedOptions, startEmbeddedDatabase } from './embedded-database.ts';
import { isPostmaster, readPostmasterFile } from './postmaster.ts';

const LOOK_MS = 500;

/**
 * Starts or joins the database of a folder as `startEmbeddedDatabase` does, and brings it back, where it was, when it has been killed while
 * this process lives.
 * @param notice told when the database is gone, and when it cannot be brought back
 */
export async function keepEmbeddedDatabase(options: EmbeddedOptions, notice: (line: string) => void): Promise<EmbeddedDatabase> {
  const home = await openHome(options.dataDir);
  const database = await startEmbeddedDatabase(options);
  let current = database;
  const look = async (): Promise<void> => {
    const file = await readPostmasterFile(home);
    if (file && (await isPostmaster(home, file.pid))) return;
    notice('the database is gone: bringing it back');
    const former = current;
    current = await startEmbeddedDatabase(options);
    await former.leave(); // takes its note away; the database stays, for it is noted anew
    if (current.url !== database.url) notice('the database is back at another port: start the server again');
  };
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: Error) => notice(`the database cannot be brought back: ${error.message}`))
      .finally(() => {
        looking = undefined;
      });
  }, LOOK_MS).unref();
  const leave = async (): Promise<void> => {
    clearInterval(timer);
    await looking;
    await current.leave();
  };
  return { ...database, leave };
}
