import {
  COLLEAGUE,
  contactTagged,
  defineModule,
  type FieldContext,
  formKinds,
  type GuichetBuilder,
  listen,
  organizationData,
  register,
  rule,
  sql,
  topic,
  types,
  type UseCase,
} from '@guichet/sdk';
import { z } from 'zod';
import { Sql } from '../../src/platform/sql/sql.ts'; // what no plugin can write
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
const eachDeed = <Field>(make: (deed: Deed) => Field, prefix: string): Record<string, Field> =>
  Object.fromEntries(Object.keys(DEEDS).map((deed) => [`${prefix}${capital(deed)}`, make(deed as Deed)]));

function misdeedTypes(builder: GuichetBuilder): void {
  builder.objectRef<{ what: number }>('Misdone').implement({
    description: 'An object whose field is never null.',
    fields: (t) => ({ what: t.int({ ...odd, resolve: ({ what }) => what }) }),
  });
  builder.queryFields((t) => {
    const int = (resolve: (context: FieldContext) => unknown) =>
      t.int({ ...odd, nullable: true, resolve: (_, __, context) => resolve(context) as never });
    return {
      ...eachDeed((deed) => int(() => DEEDS[deed]()), 'root'),
      ...eachDeed((deed) => int((context) => context.loader(deed, () => DEEDS[deed]())), 'loader'),
      ...Object.fromEntries(
        Object.entries(GARBAGE).map(([name, { type, make }]) => [
          name,
          t.field({ ...odd, type: (type.startsWith('[') ? [type.slice(1, -1)] : type) as never, nullable: true, resolve: make as never }),
        ]),
      ),
      floodOfReads: int(async ({ seat, switchboard }) => {
        const { read: ask } = switchboard.service(organizationData);
        const all = Array.from({ length: 2_000 }, () => ask(seat.organizationId, ({ client }) => client.query('select pg_sleep(0.05)')));
        return (await Promise.all(all)).length;
      }),
      huge: t.string({ ...odd, nullable: true, resolve: () => 'long '.repeat(1_000_000) }),
      sound: int(async () => 1),
    };
  });
  builder.entityFields(types.Contact, (t) => ({
    ...eachDeed((deed) => t.int({ ...odd, nullable: true, needs: ['id'], resolve: () => DEEDS[deed]() as never }), 'contact'),
    dividing: t.expression('Int', (row) => sql`length(${row.id}::text) / 0`, { ...odd, nullable: true }),
    casting: t.expression('Int', (row) => sql`${row.id}::text::int`, { ...odd, nullable: true }),
    sleeping: t.expression('String', () => new Sql('pg_sleep(30)::text'), { ...odd, nullable: true }),
    unwritten: t.expression('Int', throwError, { ...odd, nullable: true }),
    written: t.expression('Int', () => sql`7`, { ...odd, nullable: true }),
  }));
  for (const at of ['guard', 'run'] as const)
    for (const deed of Object.keys(DEEDS) as Deed[]) declareMutation(builder, `${at}${capital(deed)}`, at, () => DEEDS[deed]());
  declareMutation(builder, 'runFloodsEvents', 'run', (use) => {
    for (let i = 0; i < 20_000; i++)
      use.emit({ stream: use.organizationId, topic: misdeeds, kind: 'FLOOD', subjectId: use.newId(), facts: {} });
  });
  declareMutation(builder, 'runEmits', 'run', (use) =>
    use.emit({ stream: use.organizationId, topic: misdeeds, kind: 'ONE', subjectId: use.seat.id, facts: {} }),
  );
  for (const at of ['allows', 'stream', 'wants', 'payload'] as const) declareSubscription(builder, at);
}

function declareMutation(builder: GuichetBuilder, name: string, at: 'guard' | 'run', deed: (use: UseCase) => unknown): void {
  const work = async (use: UseCase): Promise<Record<string, never>> => {
    await deed(use);
    return {};
  };
  builder.useCase(name, {
    ...odd,
    input: (t) => ({ word: t.text({ description: 'Any word.' }) }),
    guard: at === 'guard' ? work : undefined,
    run: at === 'run' ? work : async () => ({}),
    success: (t) => ({ done: t.boolean({ ...odd, nullable: true, resolve: () => true }) }),
  });
}

function declareSubscription(builder: GuichetBuilder, at: 'allows' | 'stream' | 'wants' | 'payload'): void {
  const unless =
    <Result>(here: string, result: Result) =>
    (): Result =>
      here === at ? throwError() : result;
  const request = { wants: unless('wants', true), payload: unless('payload', {}) };
  builder.live(`${at}Throws`, {
    ...odd,
    topic: misdeeds,
    event: `Misdeed${capital(at)}Event`,
    eventDescription: 'One of them.',
    allows: unless('allows', true),
    stream: ({ organizationId }) => unless('stream', { stream: organizationId, ...request })(),
    fields: (t) => ({ number: t.int({ ...odd, nullable: true, resolve: () => 1 }) }),
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
  types: misdeedTypes,
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
