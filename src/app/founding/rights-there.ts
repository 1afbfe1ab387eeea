import { ADMIN_RIGHTS } from '../../sdk/index.ts';
import type { LoadedModule } from '../loaded-module.ts';

/** All admin rights that there are, of plugins too. */
export const rightsThere = (modules: readonly Pick<LoadedModule, 'rights'>[]): string[] => [
  ...Object.keys(ADMIN_RIGHTS),
  ...modules.flatMap(({ rights = {} }) => Object.keys(rights)),
];
