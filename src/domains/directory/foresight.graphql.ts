import type { GuichetBuilder, InputMaker, PayloadFields, UseCase } from '../../sdk/index.ts';
import type { Effect } from './foresight.rules.ts';
import { foresee } from './foresight.service.ts';
import { directory } from './permissions.ts';

const rule = directory.manage;

/** What a dry run tells. */
export function foresightTypes(builder: GuichetBuilder): void {
  builder.objectRef<Effect>('AccessEffect').implement({
    description: 'What one employee would gain and lose of one type of object (spec 10.2).',
    fields: (t) => ({
      employeeId: t.exposeID('employeeId', { description: 'Global id of the employee.', rule }),
      employeeName: t.exposeString('employeeName', { description: 'Name of the employee.', rule }),
      objectType: t.exposeString('objectType', { description: 'Name of the objects’ type, such as `Contact`.', rule }),
      gained: t.exposeInt('gained', { description: 'How many objects they would find that they do not find now.', rule }),
      lost: t.exposeInt('lost', { description: 'How many they would find no more.', rule }),
      gainedIds: t.exposeStringList('gainedIds', { description: 'Global ids of at most 20 of them that you find yourself.', rule }),
      lostIds: t.exposeStringList('lostIds', { description: 'Global ids of at most 20 of them that you find yourself.', rule }),
    }),
  });
}

export const dryRun = (t: InputMaker) => ({
  dryRun: t.flag({ description: 'Change nothing: only tell in `effects` who would gain and lose what.', required: false }),
});
/** What a mutation with a dry run has done. */
export interface Foreseen {
  readonly effects: readonly Effect[] | null;
}
export const effects = (t: PayloadFields<Foreseen>) => ({
  effects: t.field({
    type: ['AccessEffect' as never],
    nullable: true,
    description: 'Of a dry run: the 100 employees who would gain or lose most. Null where it was none.',
    rule,
    resolve: ({ effects: all }) => all as never,
  }),
});

/** Does something, or foresees it. @param about id of the object that it is done to. @param concerned finds all who could gain or lose by it. */
export async function doneOrForeseen(
  use: UseCase,
  { about, isDry }: { readonly about: string; readonly isDry: boolean | undefined },
  concerned: () => Promise<readonly string[]>,
  act: () => Promise<void>,
): Promise<Foreseen> {
  if (isDry) return { effects: await foresee(use, about, await concerned(), act) };
  await act();
  return { effects: null };
}
