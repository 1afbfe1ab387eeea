export { openSnapshot, type WriteOptions, type WrittenBackup, writeBackup } from './back-up.ts';
export { BackupFileError, TargetNotEmptyError } from './backup.errors.ts';
export type { BackupFormat, BackupHead, BackupSeal, TableSum } from './backup.format.ts';
export { assertFree } from './backup-file.ts';
export { type CheckedBackup, checkBackup, headOf } from './backup-reader.ts';
export { type RestoreOptions, restore } from './restore.ts';
export { type StoredTable, storedTables, type TableSelection } from './stored-tables.ts';
export type { RowGuard } from './table-copy.ts';
