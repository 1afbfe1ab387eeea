import type { LoadedModule } from '../../loaded-module.ts';
import type { AppStory } from './app-story.ts';
import { contractStory } from './contract.story.ts';
import { franchiseStory } from './franchise.story.ts';
import { orderingStory } from './ordering.story.ts';
import { repairStory } from './repair.story.ts';

const STORIES: readonly AppStory[] = [orderingStory, repairStory, contractStory, franchiseStory];

/** Stories of the apps that are installed. */
export const storiesOf = (modules: readonly Pick<LoadedModule, 'name'>[]): AppStory[] =>
  STORIES.filter(({ plugin }) => modules.some(({ name }) => name === plugin));
