export { runChild } from './child-run.ts';
export { chooseDataDir, type DataDir } from './data-dir.ts';
export { clusterFolder, type DatabaseHome, openHome } from './database-home.ts';
export type { DatabaseKeeper, KeeperOptions } from './database-keeper.ts';
export { type Cure, EmbeddedDatabaseError } from './embedded.errors.ts';
export { type EmbeddedDatabase, type EmbeddedOptions, startEmbeddedDatabase } from './embedded-database.ts';
export { type EmbeddedInspection, inspectEmbeddedDatabase } from './embedded-inspection.ts';
export { freePort } from './free-port.ts';
export { type NativeBinaries, nativeBinaries, nativeFolder } from './native-binaries.ts';
