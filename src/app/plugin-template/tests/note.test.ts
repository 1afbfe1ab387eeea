import { type TestPlugin, testPlugin } from '@guichet/sdk/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import definition from '../index.ts';

const ADD = `mutation ($input: AddSamplePluginNoteInput!) { addSamplePluginNote(input: $input) {
  __typename ... on AddSamplePluginNoteSuccess { note { id text } } } }`;
const LIST = '{ samplePluginNotes { nodes { text } } }';
const READ = 'query ($id: ID!) { node(id: $id) { ... on SamplePluginNote { text } } }';

let plugin: TestPlugin;
beforeAll(async () => {
  plugin = await testPlugin(definition);
});
afterAll(() => plugin?.stop());

it('an employee writes a note, and a colleague reads it', async () => {
  await plugin.owner.does(ADD, { input: { text: 'Call back on Monday.' } });
  expect((await plugin.colleague.query(LIST)).samplePluginNotes.nodes).toEqual([{ text: 'Call back on Monday.' }]);
});

it('a note does not exist for another organization, nor for a customer', async () => {
  const { note } = await plugin.owner.does(ADD, { input: { text: 'Ours.' } });
  expect(await plugin.stranger.query(READ, { id: note.id })).toEqual({ node: null });
  expect((await plugin.stranger.query(LIST)).samplePluginNotes.nodes).toEqual([]);
  expect((await plugin.customer.ask(LIST)).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
});
