import { RAISED, type UseCase, versionConflict } from '../../sdk/index.ts';
import { oneOfAGroup, tagsOf } from '../contacts/index.ts';
import { windowLinkEnded } from './joining.errors.ts';
import { checkLink, type HeldLink, type NewLink, ownerOf, TAGS } from './link-making.service.ts';
import { WindowLink, WindowLinkTag, windowLinkTags } from './window-link.entity.ts';

export interface LinkEdit extends Partial<Omit<NewLink, 'expiresAt' | 'maxApplications'>> {
  readonly expectedVersion: number;
  readonly expiresAt?: Date | null;
  readonly maxApplications?: number | null;
}

/** Edits a link that is locked: what is left out stays. @throws VersionConflict, WindowLinkEnded for one that was taken back, NotFound, ValidationFailed */
export async function updateLink(use: UseCase, link: HeldLink, { expectedVersion, tagIds, ...given }: LinkEdit): Promise<void> {
  if (link.version !== expectedVersion)
    throw versionConflict({ current: { type: 'WindowLink', uuid: link.id } }, ['input', 'expectedVersion']);
  if (link.revokedAt) throw windowLinkEnded({}, ['input', 'linkId']);
  checkLink(use, given, given.ownerRule ?? link.ownerRule, link);
  const { label = link.label, expiresAt = link.expiresAt, maxApplications = link.maxApplications } = given;
  const owner = await ownerOf(use, given, link); // also where nothing is said of it: what has ended may begin again by this
  use.em.assign(link, { label: label || null, expiresAt, maxApplications, ...owner });
  if (!tagIds) return;
  await giveTags(use, link.id, tagIds);
  await use.em.flush();
  use.on(WindowLink).change({ id: link.id }, { version: RAISED }); // its own row may be as before
}

async function giveTags(use: UseCase, linkId: string, tagIds: readonly string[]): Promise<void> {
  const tags = await tagsOf(use, tagIds, TAGS);
  oneOfAGroup(tags, TAGS);
  await use.on(windowLinkTags).deleteFrom('window_link_tags').where('link_id', '=', linkId).execute();
  if (tags.length) use.on(WindowLinkTag).add(tags.map(({ id }) => ({ link_id: linkId, tag_id: id })));
}
