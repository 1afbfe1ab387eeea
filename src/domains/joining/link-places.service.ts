import type { UseCase } from '../../sdk/index.ts';
import { type LinkNow, linkNow, refuseClosed } from './link-visiting.service.ts';
import { windowLinks } from './window-link.entity.ts';

// A place at a link is held by whoever has proven their number and was not refused, and by whoever was let in. What anybody can send in anybody's
// name holds none: else a stranger fills a link without a phone.

/** Holds a link until the use case ends, and finds it as it is behind the wait. @throws WindowLinkEnded, WindowSuspended */
export async function holdForApplying(use: UseCase, link: LinkNow): Promise<LinkNow> {
  await use.on(windowLinks).selectFrom('window_links').select('id').where('id', '=', link.linkId).forNoKeyUpdate().execute();
  const now = await linkNow(use, link);
  if (now.state !== 'FULL') refuseClosed(now.state);
  return now;
}

/** Counts somebody who has applied, and their place. The link is held, and was found with a place left. */
export const countApplication = (use: UseCase, linkId: string, takesPlace: boolean): Promise<unknown> =>
  use
    .on(windowLinks)
    .updateTable('window_links')
    .set((of) => ({ applications: of('applications', '+', 1), places_taken: of('places_taken', '+', takesPlace ? 1 : 0) }))
    .where('id', '=', linkId)
    .execute();

/** Takes places beyond any limit, or gives some back: what admins decide is not refused for it. The link is held. */
export const changePlaces = (use: UseCase, linkId: string, by: number): Promise<unknown> =>
  use
    .on(windowLinks)
    .updateTable('window_links')
    .set((of) => ({ places_taken: of('places_taken', '+', by) }))
    .where('id', '=', linkId)
    .execute();
