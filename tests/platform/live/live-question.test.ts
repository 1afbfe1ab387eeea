import { type GraphQLSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Questions } from '../../../src/platform/live/live-question.ts';

const schema = {} as GraphQLSchema;
const documentOf = (text: string) => {
  const document = parse(text);
  return { schema, document, operation: getOperationAST(document)! };
};
const FORM = documentOf(
  'subscription ($id: ID!, $after: Cursor, $all: Boolean!) { form(id: $id, after: $after) { id @include(if: $all) } }',
);
const PAGE = documentOf('subscription ($after: Cursor) { form(id: "1", after: $after) { tasks(after: $after) { id } } }');
const variables = { id: '1', all: true };

describe('subscribers ask the same', () => {
  it('where document, language and variables are equal, wherever they begin', () => {
    const questions = new Questions();
    const first = questions.take({ ...FORM, variables: { ...variables, after: 'A' }, language: 'en' });
    for (const after of ['B', null, undefined])
      expect(questions.take({ ...FORM, variables: { ...variables, after }, language: 'en' })).toBe(first);
    expect(questions.take({ ...FORM, variables, language: 'en' })).toBe(first);
  });

  it.each([
    ['variables', { ...FORM, variables: { ...variables, all: false }, language: 'en' }],
    ['language', { ...FORM, variables, language: 'zh-CN' }],
    ['document', { ...documentOf('subscription { form(id: "1") { id } }'), variables, language: 'en' }],
  ])('and not where the %s differs', (_, other) => {
    const questions = new Questions();
    expect(questions.take(other)).not.toBe(questions.take({ ...FORM, variables, language: 'en' }));
  });

  it('and not where what they begin at also stands elsewhere in the document', () => {
    const questions = new Questions();
    const [one, two] = ['A', 'B'].map((after) => questions.take({ ...PAGE, variables: { after }, language: 'en' }));
    expect(one).not.toBe(two);
  });

  it('and nothing is kept of a question that nobody asks any more', () => {
    const questions = new Questions();
    const asked = { ...FORM, variables, language: 'en' };
    const [first, again] = [questions.take(asked), questions.take(asked)];
    questions.giveBack(first);
    expect(questions.take(asked)).toBe(again);
    questions.giveBack(again);
    questions.giveBack(again);
    expect(questions.take(asked)).not.toBe(first);
  });
});
