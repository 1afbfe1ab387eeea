import { COLLEAGUE, defineModule, organizationData, rule, types, type UseCase } from '@guichet/sdk';
import type { CompiledQuery } from 'kysely';
import { Sql } from '../../src/platform/sql/sql.ts'; // what no plugin can write

const act = rule('deep.act', { roles: [COLLEAGUE], description: 'Every employee.' });
const own = { rule: act, description: 'What a test wants to see.' };

/** What the statement of the plugin's next act is, in its own words. */
export const said = { text: 'select 1' };

const asked = (use: UseCase) => use.on().ask({ statement: () => ({ text: said.text, values: [] }) }, {});

/** Each way in which a use case sends SQL. */
const WAYS: Record<string, (use: UseCase) => unknown> = {
  asked,
  named: (use) => use.on().ask({ statement: () => ({ name: 'said', text: said.text, values: [] }) }, {}),
  sent: (use) => use.on().send({ compile: () => ({ sql: said.text, parameters: [] }) as unknown as CompiledQuery }),
  savepoint: (use) => use.inSavepoint(() => asked(use)),
};
export const WAYS_OF_SENDING = Object.keys(WAYS);

export const deepPlugin = defineModule({
  name: 'deep',
  version: '1.0.0',
  description: 'Sends what it is told to.',
  guichet: '^0.1.0',
  needs: ['contacts'],
  rules: [act],
  types: (builder) => {
    builder.useCase('deepAct', {
      ...own,
      input: (t) => ({ way: t.text({ description: 'How it is sent.' }) }),
      run: async (use: UseCase, { way }: { readonly way: string }) => {
        await WAYS[way]!(use);
        return { done: 'yes' };
      },
      success: (t) => ({ done: t.exposeString('done', { ...own, nullable: true }) }),
    });
    builder.queryFields((t) => ({
      deepRead: t.string({
        ...own,
        nullable: true,
        resolve: async (_, __, { seat, switchboard }) => {
          await switchboard.service(organizationData).read(seat.organizationId, ({ client }) => client.query(said.text));
          return 'yes';
        },
      }),
    }));
    builder.entityFields(types.Contact, (t) => ({
      deepWord: t.expression('String', () => new Sql("(select set_config('role', 'none', true))"), { ...own, nullable: true }),
    }));
  },
});
