import {
  encodeGlobalId,
  type GuichetBuilder,
  type InputMaker,
  invalid,
  type PayloadFields,
  type UseCase,
  versionConflict,
} from '../../sdk/index.ts';
import { tagsOf } from './contact-tagging.service.ts';
import { contact } from './permissions.ts';
import { tagGroupInUse, tagInUse } from './tag.errors.ts';
import { Tag, TagColorName, TagGroup } from './tag.refs.ts';
import { addTag, addTagGroup, holdTag, holdTagGroup, renameTag, updateTag, updateTagGroup } from './tag.service.ts';
import { deleteTagGroup, deleteTags } from './tag-deleting.service.ts';

const rule = contact.settings;
const read = contact.vocabulary;
/** Characters of a name. */
const NAME = 50;
const groupId = (t: InputMaker) => t.globalId(TagGroup, { description: 'The group.' });
const tagId = (t: InputMaker) => t.globalId(Tag, { description: 'The tag.' });
const expectedVersion = (t: InputMaker) => t.integer({ description: 'The `version` that you read.' });
const position = (t: InputMaker, among: string) =>
  t.integer({ description: `Its place among ${among}, counted from 1; left out, it stays where it is.`, required: false, min: 1 });
const confirmUsage = (t: InputMaker) =>
  t.integer({
    description: 'How many contacts carry it, as the refusal has told: they lose it. Where they are others by now, you are told again.',
    required: false,
    min: 0,
  });
const ofGroup = (t: PayloadFields<{ tagGroup: string }>) => ({
  tagGroup: t.loaded(TagGroup, 'tagGroup', { description: 'The group as it is now.', rule: read }),
});
const ofTag = (t: PayloadFields<{ tag: string }>) => ({
  tag: t.loaded(Tag, 'tag', { description: 'The tag as it is now.', rule: read }),
});

/** The organization's vocabulary of tags (spec 3.9). */
export function tagMutations(builder: GuichetBuilder): void {
  declareGroups(builder);
  declareTags(builder);
  declareDeleting(builder);
}

function declareGroups(builder: GuichetBuilder): void {
  builder.useCase('addTagGroup', {
    description: 'Adds a group of tags.',
    rule,
    doesOnce: true,
    input: (t) => ({
      name: t.name({ description: 'Its name.', max: NAME }),
      color: t.choice(TagColorName, { description: 'Its colour.' }),
    }),
    run: async (use, { name, color }) => ({ tagGroup: await addTagGroup(use, name, color) }),
    success: (t) => ({ tagGroup: t.loaded(TagGroup, 'tagGroup', { description: 'The new group.', rule: read }) }),
  });
  builder.useCase('updateTagGroup', {
    description: 'Gives a group of tags another name, colour or place. What is left out stays as it is.',
    rule,
    input: (t) => ({
      groupId: groupId(t),
      expectedVersion: expectedVersion(t),
      name: t.name({ description: 'Its name.', required: false, max: NAME }),
      color: t.choice(TagColorName, { description: 'Its colour.', required: false }),
      position: position(t, 'the groups'),
    }),
    refusals: [versionConflict],
    guard: (use, given) => holdTagGroup(use, given.groupId, given.expectedVersion),
    run: async (use, given, now) => {
      await updateTagGroup(use, now, given);
      return { tagGroup: now.id };
    },
    success: ofGroup,
  });
}

function declareTags(builder: GuichetBuilder): void {
  builder.useCase('addTag', {
    description: 'Adds a tag to a group, behind its others.',
    rule,
    doesOnce: true,
    input: (t) => ({ groupId: groupId(t), name: t.name({ description: 'Its name.', max: NAME }) }),
    guard: (use, given) => use.authorize('TagGroup', given.groupId, rule, { path: ['input', 'groupId'] }),
    run: async (use, given) => ({ tag: await addTag(use, given.groupId, given.name) }),
    success: (t) => ({ tag: t.loaded(Tag, 'tag', { description: 'The tag.', rule: read }) }),
  });
  builder.useCase('renameTag', {
    description: 'Gives a tag another name; the contacts that carry it keep it.',
    rule,
    input: (t) => ({ tagId: tagId(t), name: t.name({ description: 'Its name.', max: NAME }) }),
    guard: (use, given) => use.authorize('Tag', given.tagId, rule, { path: ['input', 'tagId'] }),
    run: async (use, given) => {
      await renameTag(use, given.tagId, given.name);
      return { tag: given.tagId };
    },
    success: (t) => ({ tag: t.loaded(Tag, 'tag', { description: 'The tag.', rule: read }) }),
  });
  builder.useCase('updateTag', {
    description: 'Gives a tag another name or place; the contacts that carry it keep it. What is left out stays as it is.',
    rule,
    input: (t) => ({
      tagId: tagId(t),
      expectedVersion: expectedVersion(t),
      name: t.name({ description: 'Its name.', required: false, max: NAME }),
      position: position(t, 'the tags of its group'),
    }),
    refusals: [versionConflict],
    guard: (use, given) => holdTag(use, given.tagId, given.expectedVersion),
    run: async (use, given, now) => {
      await updateTag(use, now, given);
      return { tag: now.id };
    },
    success: ofTag,
  });
}

function declareDeleting(builder: GuichetBuilder): void {
  const told = (t: PayloadFields<{ changed: number; untagged: number }>) => ({
    changed: t.exposeInt('changed', { description: 'How many contacts carried it.', rule }),
    untagged: t.exposeInt('untagged', { description: 'How many of them are without any tag now.', rule }),
  });
  builder.useCase('deleteTag', {
    description: 'Deletes a tag. Contacts that carry it get another in its place, or lose it where their number is confirmed (spec 3.9).',
    rule,
    input: (t) => ({
      tagId: tagId(t),
      replacementId: t.globalId(Tag, {
        description: 'The tag that takes its place, in its own group the place of what a contact has there.',
        required: false,
      }),
      confirmUsage: confirmUsage(t),
    }),
    refusals: [tagInUse],
    guard: async (use, given) => {
      await holdTag(use, given.tagId);
      return replacementOf(use, given.tagId, given.replacementId);
    },
    run: async (use, given, replacement) => ({
      ...(await deleteTags(use, { tagIds: [given.tagId], confirmed: given.confirmUsage, refuse: tagInUse, replacement })),
      tagId: encodeGlobalId('Tag', given.tagId),
    }),
    success: (t) => ({ ...told(t), tagId: t.exposeID('tagId', { description: 'Global id that the tag had.', rule }) }),
  });
  builder.useCase('deleteTagGroup', {
    description: 'Deletes a group with its tags. Contacts that carry one of them lose it, where their number is confirmed (spec 3.9).',
    rule,
    input: (t) => ({ groupId: groupId(t), confirmUsage: confirmUsage(t) }),
    refusals: [tagGroupInUse],
    guard: (use, given) => holdTagGroup(use, given.groupId),
    run: async (use, given) => ({
      ...(await deleteTagGroup(use, given.groupId, { confirmed: given.confirmUsage, refuse: tagGroupInUse })),
      groupId: encodeGlobalId('TagGroup', given.groupId),
    }),
    success: (t) => ({ ...told(t), groupId: t.exposeID('groupId', { description: 'Global id that the group had.', rule }) }),
  });
}

async function replacementOf(use: UseCase, tag: string, replacementId: string | undefined) {
  if (!replacementId) return undefined;
  const path = ['input', 'replacementId'];
  const [replacement] = await tagsOf(use, [replacementId], path);
  if (replacementId === tag) throw invalid(path, 'SAME', { en: 'A tag does not replace itself.', 'zh-CN': '替换标签不能是要删除的标签。' });
  return replacement;
}
