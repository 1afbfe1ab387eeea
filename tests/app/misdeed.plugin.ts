import {
  COLLEAGUE,
  contactTagged,
  defineModule,
  formKinds,
  input,
  listen,
  organizationData,
  type RootFields,
  refs,
  register,
  rule,
  type SchemaDoor,
  type Service,
  sql,
  topic,
  type UseCase,
} from '@guichet/sdk';
import { z } from 'zod';
import { DEEDS, type Deed, GARBAGE, throwError } from './misdeeds.ts';

const read = rule('misdeed.read', { roles: [COLLEAGUE], description: 'Every employee.' });
const misdeeds = topic('MISDEED', 'Employee');
const odd = { description: 'Does what it should not.', rule: read };
/** What the hooks, listeners and checks of the plugin do; nothing while undefined. */
export const chosen: { deed: Deed | undefined } = { deed: undefined };
const chosenDeed = async (): Promise<void> => {
  if (chosen.deed) await DEEDS[chosen.deed]();
};

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
type Asking = {
  readonly seat: { readonly organizationId: string };
  readonly switchboard: { service<Contract>(token: Service<Contract>): Contract };
  loader<T>(name: string, make: () => T): T;
};
const eachDeed = <Field>(make: (deed: Deed) => Field, prefix: string): Record<string, Field> =>
  Object.fromEntries(Object.keys(DEEDS).map((deed) => [`${prefix}${capital(deed)}`, make(deed as Deed)]));

function misdeedSchema(door: SchemaDoor): void {
  door.object('Misdone', 'An object whose field is never null.', {
    what: door.root.plain('Int', { ...odd, nullable: false, resolve: ({ what }: { what: number }) => what }),
  });
  door.query((t) => ({
    ...eachDeed((deed) => t.plain('Int', { ...odd, resolve: () => DEEDS[deed]() }), 'root'),
    ...eachDeed(
      (deed) => t.plain('Int', { ...odd, resolve: (_, __, context: Asking) => context.loader(deed, () => DEEDS[deed]()) }),
      'loader',
    ),
    ...Object.fromEntries(Object.entries(GARBAGE).map(([name, { type, make }]) => [name, t.plain(type, { ...odd, resolve: make })])),
    floodOfReads: t.plain('Int', {
      ...odd,
      resolve: async (_, __, { seat, switchboard }: Asking) => {
        const { read: ask } = switchboard.service(organizationData);
        const all = Array.from({ length: 2_000 }, () => ask(seat.organizationId, ({ client }) => client.query('select pg_sleep(0.05)')));
        return (await Promise.all(all)).length;
      },
    }),
    huge: t.plain('String', { ...odd, resolve: () => 'long '.repeat(1_000_000) }),
    sound: t.plain('Int', { ...odd, resolve: async () => 1 }),
  }));
  door.extend('Contact', refs.Contact, (t) => ({
    ...eachDeed((deed) => t.computed('Int', { ...odd, needs: ['id'], resolve: () => DEEDS[deed]() }), 'contact'),
    dividing: t.expression('Int', (row) => sql`length(${row.id}::text) / 0`, { ...odd, nullable: true }),
    casting: t.expression('Int', (row) => sql`${row.id}::text::int`, { ...odd, nullable: true }),
    sleeping: t.expression('String', () => sql`pg_sleep(30)::text`, { ...odd, nullable: true }),
    unwritten: t.expression('Int', throwError, { ...odd, nullable: true }),
    written: t.expression('Int', () => sql`7`, { ...odd, nullable: true }),
  }));
  for (const at of ['guard', 'run'] as const)
    for (const deed of Object.keys(DEEDS) as Deed[]) declareMutation(door, `${at}${capital(deed)}`, at, () => DEEDS[deed]());
  declareMutation(door, 'runFloodsEvents', 'run', (use) => {
    for (let i = 0; i < 10_000; i++)
      use.emit({ stream: use.organizationId, topic: misdeeds, kind: 'FLOOD', subjectId: use.newId(), facts: {} });
  });
  declareMutation(door, 'runEmits', 'run', (use) =>
    use.emit({ stream: use.organizationId, topic: misdeeds, kind: 'ONE', subjectId: use.seat.id, facts: {} }),
  );
  for (const at of ['allows', 'stream', 'wants', 'payload'] as const) declareSubscription(door, at);
}

function declareMutation(door: SchemaDoor, name: string, at: 'guard' | 'run', deed: (use: UseCase) => unknown): void {
  const work = async (use: UseCase): Promise<Record<string, never>> => {
    await deed(use);
    return {};
  };
  door.mutation(name, {
    ...odd,
    input: { word: input.text('Any word.') },
    success: (t: RootFields) => ({ done: t.plain('Boolean', { ...odd, resolve: () => true }) }),
    guard: at === 'guard' ? work : undefined,
    run: at === 'run' ? work : async () => ({}),
  });
}

function declareSubscription(door: SchemaDoor, at: 'allows' | 'stream' | 'wants' | 'payload'): void {
  const unless =
    <Result>(here: string, result: Result) =>
    (): Result =>
      here === at ? throwError() : result;
  const request = { wants: unless('wants', true), payload: unless('payload', {}) };
  door.subscription(`${at}Throws`, {
    ...odd,
    topic: misdeeds,
    event: `Misdeed${capital(at)}Event`,
    eventDescription: 'One of them.',
    fields: (t) => ({ number: t.plain('Int', { ...odd, resolve: () => 1 }) }),
    allows: unless('allows', true),
    stream: ({ organizationId }) => unless('stream', { stream: organizationId, ...request })(),
  });
}

/** A plugin that does, at every place where it is called, what a plugin should not. */
export const misdeed = defineModule({
  name: 'misdeed',
  version: '1.0.0',
  description: 'Does what a plugin should not.',
  guichet: '^0.1.0',
  needs: ['contacts', 'forms'],
  rules: [read],
  settings: z.strictObject({
    word: z
      .string()
      .default('')
      .refine((word) => (word === 'bad' ? throwError() : true)),
  }),
  schema: misdeedSchema,
  seatFacts: () => chosenDeed().then(() => ({})),
  listeners: [listen(contactTagged, chosenDeed)],
  registrations: [
    register(formKinds, {
      kind: 'MISDEED',
      type: 'GeneralForm',
      numberPrefix: 'MD',
      hasOwnMutation: false,
      onSubmitted: chosenDeed,
    }),
  ],
});
