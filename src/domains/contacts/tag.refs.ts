import { entityRef } from '../../sdk/index.ts';
import { tagGroups, tags } from './tag.entity.ts';

export const TagGroup = entityRef('TagGroup', tagGroups);
export const Tag = entityRef('Tag', tags);
