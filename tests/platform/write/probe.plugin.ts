import {
  announcement,
  COLLEAGUE,
  defineModule,
  listen,
  refusalType,
  requireRight,
  rule,
  tenantEntity,
  topic,
  type UseCase,
} from '@guichet/sdk';

const organizations = tenantEntity('organizations', (t) => ({ organizationId: t.organization(), name: t.text() })).table;

const probe = rule('probe.act', { roles: [COLLEAGUE], description: 'Every employee.' });
/** Of a role that is held toward objects: every employee could hold it toward some. */
const keeper = { name: 'PROBE_KEEPER', bearer: 'EMPLOYEE', description: 'Whoever keeps a probe.' } as const;
const keeping = rule('probe.keep', { roles: [keeper], description: 'Whoever keeps the probe.' });
const probeEvents = topic('PROBE', 'Employee');
const own = { rule: probe, description: 'What a test wants to see.' };
const probed = announcement<{ readonly what: string }>('probe.probed');
const probeRefused = refusalType('ProbeRefused', { description: 'Refused by the test.', message: { en: 'No.', 'zh-CN': '不。' } });
const rename = (use: UseCase, name: string): Promise<unknown> => use.on(organizations).updateTable('organizations').set({ name }).execute();

/** What the test decides while a use case is under way. */
export const course = {
  /** Called in the middle of `probeAct`. */
  meanwhile: async (): Promise<void> => {},
  /** What listeners were told, in their order. */
  heard: [] as string[],
};

/** Writes, emits and announces; what goes wrong then, and where, is the input's to say. */
async function act(use: UseCase, { what }: { readonly what: string }): Promise<{ what: string }> {
  use.ifRefused((later) => rename(later, `refused: ${what}`) as Promise<void>);
  await rename(use, what);
  use.emit({ stream: use.organizationId, topic: probeEvents, kind: what, subjectId: use.seat.id });
  await course.meanwhile();
  await use.announce(probed({ what }));
  if (what === 'refuse') throw probeRefused({});
  if (what === 'break') throw new Error('Something that nobody thought of.');
  return { what };
}

const hear =
  (name: string) =>
  async (use: UseCase, { what }: { readonly what: string }): Promise<void> => {
    course.heard.push(`${name} ${what}`);
    if (what === `refuse in ${name}`) throw probeRefused({});
    if (what === `break in ${name}`) throw new Error('Something that nobody thought of.');
    use.emit({ stream: use.organizationId, topic: probeEvents, kind: `${name} ${what}`, subjectId: use.seat.id });
  };

/** A plugin with one mutation, and two listeners to what it announces. */
export const probePlugin = defineModule({
  name: 'probe',
  version: '1.0.0',
  description: 'A use case for tests.',
  guichet: '^0.1.0',
  rules: [probe, keeping],
  listeners: [listen(probed, hear('first')), listen(probed, hear('second'))],
  types: (builder) => {
    for (const name of ['probeKeep', 'probeKeepAsked'])
      builder.useCase(name, {
        ...own,
        rule: keeping,
        input: (t) => ({ what: t.text({ description: 'What to do.' }) }),
        guard: async (use) => {
          if (name === 'probeKeepAsked') requireRight(use, keeping, 'FILES', 'WINDOW');
        },
        run: act,
        success: (t) => ({ what: t.exposeString('what', own) }),
      });
    // two that differ by their names alone
    for (const name of ['probeAct', 'probeTwin'])
      builder.useCase(name, {
        ...own,
        doesOnce: true,
        input: (t) => ({
          what: t.text({ description: 'What to do.' }),
          other: t.text({ description: 'More input.', required: false }),
        }),
        refusals: [probeRefused],
        run: act,
        success: (t) => ({ what: t.exposeString('what', { ...own, nullable: true }) }),
      });
  },
});
