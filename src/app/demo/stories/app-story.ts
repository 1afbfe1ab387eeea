import type { Fill } from '../graphiql/graphiql.page.ts';
import type { StoryFacts } from '../story-facts.ts';
import type { StoryTab } from '../story-tab.ts';

/** How a window app is shown in the demo, where it is installed. */
export interface AppStory {
  /** Name of the plugin. */
  readonly plugin: string;
  readonly title: string;
  /** Who does what, in order: seats by their keys. */
  readonly steps: readonly { readonly by: string; readonly does: string }[];
  /** What seats play of it, by their keys. */
  readonly tabs: Readonly<Record<string, (facts: StoryFacts) => readonly StoryTab[]>>;
  /** What the tabs' variables say in place of ids. */
  readonly fills: Readonly<Record<string, Fill>>;
}
