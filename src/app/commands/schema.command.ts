import { modulesOf } from '../installation.ts';
import { writeSchemaFiles } from '../schema-files.ts';

/** Writes the generated files, or says which are stale; then the exit code is 1. */
export async function schemaCommand({ check, without }: { readonly check: boolean; readonly without: readonly string[] }): Promise<void> {
  if (!writeSchemaFiles(await modulesOf(without), check)) process.exitCode = 1;
}
