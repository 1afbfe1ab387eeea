import { loadModules } from '../../src/app/module-loader.ts';
import { DOMAINS, importPlugins } from '../../src/app/modules.ts';
import { buildSchemas } from '../../src/app/schemas.ts';
import { VERSION } from '../../src/app/version.ts';

export const MODULES = loadModules(DOMAINS, await importPlugins(), VERSION);
/** Both surfaces, as the server builds them from what is installed. */
export const SCHEMAS = buildSchemas(MODULES);
export const SURFACES = ['staff', 'portal'] as const;
