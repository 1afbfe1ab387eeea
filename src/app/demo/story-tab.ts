import { parse, print } from 'graphql';

export interface StoryTab {
  readonly title: string;
  readonly query: string;
  readonly variables?: unknown;
}
/** A field a line: the editor is narrow, and does not wrap. */
export const read = (title: string, query: string, variables?: unknown): StoryTab => ({ title, query: print(parse(query)), variables });
