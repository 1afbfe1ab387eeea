import { COLLEAGUE, defineModule, input, inSavepoint, organizationData, refs, rule, type Service, sql, type UseCase } from '@guichet/sdk';
import { sql as raw } from 'kysely';

const act = rule('deep.act', { roles: [COLLEAGUE], description: 'Every employee.' });
const own = { rule: act, description: 'What a test wants to see.' };
type Asking = {
  readonly seat: { readonly organizationId: string };
  readonly switchboard: { service<Contract>(token: Service<Contract>): Contract };
};

/** What the statement of the plugin's next act is, in its own words. */
export const said = { text: 'select 1' };

/** Each way in which a use case sends SQL. */
const WAYS: Record<string, (use: UseCase) => unknown> = {
  client: (use) => use.transaction.client.query(said.text),
  named: (use) => use.transaction.client.query({ name: 'said', text: said.text, values: [] }),
  typed: (use) => raw.raw(said.text).execute(use.on({})),
  sent: (use) => use.send({ compile: () => raw.raw(said.text).compile(use.on({})) }),
  savepoint: (use) => inSavepoint(use.transaction, async () => use.transaction.client.query(said.text)),
};
export const WAYS_OF_SENDING = Object.keys(WAYS);

export const deepPlugin = defineModule({
  name: 'deep',
  version: '1.0.0',
  description: 'Sends what it is told to.',
  guichet: '^0.1.0',
  rules: [act],
  schema: (door) => {
    door.mutation('deepAct', {
      ...own,
      input: { way: input.text('How it is sent.') },
      success: (t) => ({ done: t.plain('String', { ...own, resolve: ({ done }: { done: string }) => done }) }),
      run: async (use: UseCase, { way }) => {
        await WAYS[way]!(use);
        return { done: 'yes' };
      },
    });
    door.query((t) => ({
      deepRead: t.plain('String', {
        ...own,
        resolve: async (_, __, { seat, switchboard }: Asking) => {
          await switchboard.service(organizationData).read(seat.organizationId, ({ client }) => client.query(said.text));
          return 'yes';
        },
      }),
    }));
    door.extend('Contact', refs.Contact, (t) => ({
      deepWord: t.expression('String', () => sql`(select set_config('role', 'none', true))`, { ...own, nullable: true }),
    }));
  },
});
