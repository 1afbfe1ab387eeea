import { entityRef, words } from '../../sdk/index.ts';
import { type TagColor, tagGroups, tags } from './tag.entity.ts';

export const TagGroup = entityRef('TagGroup', tagGroups);
export const Tag = entityRef('Tag', tags);

const COLORS: Readonly<Record<TagColor, string>> = {
  RED: 'Red.',
  ORANGE: 'Orange.',
  YELLOW: 'Yellow.',
  GREEN: 'Green.',
  BLUE: 'Blue.',
  PURPLE: 'Purple.',
};
export const TagColorName = words('TagColor', 'Colour of a group of tags.', COLORS);
