import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is packed is JavaScript, and works for the folder where it is started; a clone works for itself (docs/decisions/packed-as-javascript.md). */
export const isPacked = import.meta.url.endsWith('.js');

/** The folder of this server's own code, with a slash at its end. */
export const CORE = fileURLToPath(new URL('../../', import.meta.url));

/** The folder of the installation, with a slash at its end: its plugins lie there, and its schemas are written there. */
export const HOME = isPacked ? `${process.cwd()}${sep}` : CORE;

/** How a command is given here. @param words such as `plugin check lending` */
export const commandFor = (words: string): string => (isPacked ? `npx guichet ${words}` : `npm run guichet -- ${words}`);
/** How the schemas are written here. */
export const SCHEMA_COMMAND = isPacked ? 'npx guichet schema' : 'npm run schema';
