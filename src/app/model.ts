import { Model } from '../platform/entities/model.ts';
import type { LoadedModule } from './loaded-module.ts';

/** The entities of these modules, as MikroORM knows them. It keeps nothing of a server. */
export const modelOf = (modules: readonly LoadedModule[]): Model => new Model(modules.flatMap(({ entities = [] }) => entities));
