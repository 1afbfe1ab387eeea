import { type UseCase, WindowRest, type WindowTime, windowReturned } from '../../sdk/index.ts';
import { certifications, organizations } from '../organization/index.ts';
import { serviceWindows } from './service-window.entity.ts';
import { type Rest, restsOf, type Standing, servedAgo, servedTime, suspendedSince } from './serving-time.rules.ts';

/** None where no window was ever opened: it is not suspended, and never was. */
async function standingsOf(use: UseCase): Promise<Standing[]> {
  const decided = await use
    .on(certifications, serviceWindows)
    .selectFrom('certifications')
    .innerJoin('service_windows', 'service_windows.organization_id', 'certifications.organization_id')
    .select(['certifications.at', 'certifications.level'])
    .orderBy('certifications.at')
    .orderBy('certifications.id')
    .execute();
  return decided.map(({ at, level }) => ({ at, isOpen: level === 'ADVANCED' }));
}

/** Whether the window is suspended by the certification of now, which stays as it is until the use case ends. */
const isSuspended = (use: UseCase): Promise<boolean> =>
  use
    .on(organizations, serviceWindows)
    .selectFrom('organizations as own')
    .leftJoin('service_windows as opened', 'opened.organization_id', 'own.organization_id')
    .select((of) => of.and([of('own.certification', '<>', 'ADVANCED'), of('opened.opened_at', 'is not', null)]).as('is'))
    .forShare('own')
    .executeTakeFirstOrThrow()
    .then(({ is }) => is as boolean);

/** Time at the window as other modules count it. */
export const timeOfWindow: WindowTime = {
  async served(use) {
    const [isSo, standings] = await Promise.all([isSuspended(use), standingsOf(use)]);
    if (isSo) return undefined;
    return {
      since: (moment) => servedTime(standings, moment, use.now),
      ago: (milliseconds) => servedAgo(standings, use.now, milliseconds),
    };
  },
  clock: async (use) => suspendedSince(await standingsOf(use)) ?? use.now,
};
export const suspensionsOf = async (use: UseCase): Promise<Rest[]> => restsOf(await standingsOf(use));

/** Tells that the window serves again, by the certification that is about to be written; told of none where it was not suspended. */
export async function tellOfReturn(use: UseCase): Promise<void> {
  const suspendedAt = suspendedSince(await standingsOf(use));
  if (suspendedAt) await use.announce(windowReturned(new WindowRest(suspendedAt, use.now)));
}
