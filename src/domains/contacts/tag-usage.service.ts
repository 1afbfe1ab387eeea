import type { UseCase } from '../../sdk/index.ts';
import { contacts } from './contact.entity.ts';
import { contactTags } from './tag.entity.ts';
import type { TagUsage } from './tag.errors.ts';

/** How many contacts carry one of some tags, and how many of these no other one; the bin is not counted. */
export async function usageOf(use: UseCase, tagIds: readonly string[]): Promise<TagUsage> {
  if (tagIds.length === 0) return { usage: 0, withoutTag: 0 };
  const carriers = use
    .on(contacts, contactTags)
    .selectFrom('contacts as contact')
    .where('contact.deleted_at', 'is', null)
    .where((of) =>
      of(
        'contact.id',
        'in',
        of.selectFrom('contact_tags').select('contact_id').where('tag_id', 'in', tagIds).where('organization_id', '=', use.organizationId),
      ),
    );
  const counted = await carriers
    .select((of) => [
      of.fn.countAll<string>().as('usage'),
      of.fn
        .countAll<string>()
        .filterWhere(
          of.not(
            of.exists(
              of
                .selectFrom('contact_tags as other')
                .select('other.tag_id')
                .whereRef('other.organization_id', '=', 'contact.organization_id')
                .whereRef('other.contact_id', '=', 'contact.id')
                .where('other.tag_id', 'not in', tagIds),
            ),
          ),
        )
        .as('without_tag'),
    ])
    .executeTakeFirstOrThrow();
  return { usage: Number(counted.usage), withoutTag: Number(counted.without_tag) };
}

/** Locks every contact that carries one of some tags, those in the bin too. @returns their ids, in the order in which everybody locks contacts. */
export async function holdCarriers(use: UseCase, tagIds: readonly string[]): Promise<string[]> {
  const rows = await use
    .on(contacts, contactTags)
    .selectFrom('contacts')
    .select('id')
    .where((of) => of('id', 'in', of.selectFrom('contact_tags').select('contact_id').where('tag_id', 'in', tagIds)))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(({ id }) => id);
}
