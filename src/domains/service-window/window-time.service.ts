import { type UseCase, WindowRest, type WindowTime, windowReturned } from '../../sdk/index.ts';
import { certifications, organizations } from '../organization/index.ts';
import { serviceWindows } from './service-window.entity.ts';
import { type Rest, restsOf, type Standing, servedAgo, servedTime, suspendedSince } from './serving-time.rules.ts';

const isOpened = async (use: UseCase): Promise<boolean> =>
  !!(await use.on(serviceWindows).selectFrom('service_windows').select('opened_at').executeTakeFirst());
async function standingsOf(use: UseCase): Promise<Standing[]> {
  const decided = await use.on(certifications).selectFrom('certifications').select(['at', 'level']).orderBy('at').orderBy('id').execute();
  return decided.map(({ at, level }) => ({ at, isOpen: level === 'ADVANCED' }));
}

/** Time at the window as other modules count it. Where no window was ever opened, none is suspended. */
export const timeOfWindow: WindowTime = {
  async served(use) {
    const held = use.on(organizations).selectFrom('organizations').select('certification').forShare().executeTakeFirstOrThrow();
    const [{ certification }, opened, standings] = await Promise.all([held, isOpened(use), standingsOf(use)]);
    if (opened && certification !== 'ADVANCED') return undefined;
    const all = opened ? standings : [];
    return { since: (moment) => servedTime(all, moment, use.now), ago: (milliseconds) => servedAgo(all, use.now, milliseconds) };
  },
  async clock(use) {
    const [opened, standings] = await Promise.all([isOpened(use), standingsOf(use)]);
    return (opened ? suspendedSince(standings) : undefined) ?? use.now;
  },
};
/** When the window was suspended; never, where none was opened. */
export const suspensionsOf = async (use: UseCase): Promise<Rest[]> => {
  const [opened, standings] = await Promise.all([isOpened(use), standingsOf(use)]);
  return opened ? restsOf(standings) : [];
};

/** Tells that the window serves again, by the certification that is about to be written; told of none where it was not suspended. */
export async function tellOfReturn(use: UseCase): Promise<void> {
  const suspendedAt = suspendedSince(await standingsOf(use));
  if (suspendedAt && (await isOpened(use))) await use.announce(windowReturned(new WindowRest(suspendedAt, use.now)));
}
