import { z } from 'zod';
import type { JobKinds } from '../platform/jobs/job-start.ts';
import type { AnyJobKind, Clock } from '../sdk/index.ts';
import type { LoadedModule } from './loaded-module.ts';

/** Kinds of job of all modules, by their names; of plugins that are stopped there are none. */
export const jobKindsOf = (modules: readonly LoadedModule[]): JobKinds =>
  new Map(
    modules
      .filter(({ isStopped }) => !isStopped)
      .flatMap(({ name: module, isPlugin, jobs = [], clocks = [] }) =>
        [...jobs, ...clocks.map(asKind)].map((kind) => [kind.name, { kind, module, isPlugin }] as const),
      ),
  );

/** Clocks of all modules that are not stopped. */
export const clocksOf = (modules: readonly LoadedModule[]): readonly Clock[] =>
  modules.filter(({ isStopped }) => !isStopped).flatMap(({ clocks = [] }) => clocks);

const asKind = (clock: Clock): AnyJobKind => ({ ...clock, input: z.unknown() });
