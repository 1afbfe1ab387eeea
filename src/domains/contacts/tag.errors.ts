import { refusalType } from '../../sdk/index.ts';

/** What hangs on tags that are to be deleted. */
export interface TagUsage {
  /** Contacts that carry one of them; those in the bin are not counted. */
  readonly usage: number;
  /** Those of them that carry no other tag. */
  readonly withoutTag: number;
}
const fields = {
  usage: { type: 'Int', description: 'How many contacts carry it: `confirmUsage` takes this number.' },
  withoutTag: { type: 'Int', description: 'How many of them have no other tag, and would be left without one.' },
};

export const tagInUse = refusalType<TagUsage>('TagInUse', {
  description: 'Contacts carry the tag: name another in its place, or confirm their number (spec 3.9).',
  message: {
    en: 'Contacts carry this tag. Choose another one for them, or confirm that they lose it.',
    'zh-CN': '仍有联系人使用该标签，请选择替换标签，或确认移除。',
  },
  fields,
});

export const tagGroupInUse = refusalType<TagUsage>('TagGroupInUse', {
  description: 'Contacts carry tags of the group: confirm their number (spec 3.9).',
  message: {
    en: 'Contacts carry tags of this group. Confirm that they lose them.',
    'zh-CN': '仍有联系人使用该组标签，请确认移除。',
  },
  fields,
});
