import { publicRule } from '../permissions/rule.ts';
import { readField } from '../read/reader.ts';
import type { Builder } from './builder.types.ts';
import { reachRule } from './connections.ts';
import type { Declarations } from './declarations.ts';
import { readByStatement } from './field-writing.ts';
import { type NamedMutation, refusalsOf } from './mutation.ts';
import { loadedField } from './payload-field-builder.ts';
import { placeOf } from './place.ts';
import { checkPrefix } from './prefixes.ts';
import { type RefusalField, type RefusalType, SHARED_REFUSALS } from './refusal-type.ts';
import { told } from './told-field.ts';

type Fields = (t: { field(options: object): never }) => Record<string, never>;
const userError: Fields = (t) => ({
  code: t.field(told('ErrorCode', 'What was refused, for programs.')),
  message: t.field(told('String', 'What was refused and what can be done, in the language of the request.')),
  path: t.field(told('[String]', 'The input field that is to blame; empty where none is.')),
});
const issue: Fields = (t) => ({
  path: t.field(told('[String]', 'Where the fault is: names of input fields and places in lists.')),
  code: t.field(told('String', 'What is wrong, for programs.')),
  message: t.field(told('String', 'What is wrong, for people.')),
});

/** What all mutations share: UserError, its codes, and the types of the refusals that they can give. After all modules have declared theirs. */
export function refusalTypes(builder: Builder): void {
  const { all } = placeOf(builder);
  const refusals = new Set<RefusalType>();
  for (const mutation of all.mutations) for (const type of refusalsOf(mutation)) know(all, refusals, type, mutation);
  const values = Object.fromEntries([...refusals].map(({ code, description }) => [code, { description }]));
  builder.enumType('ErrorCode', {
    description: 'What was refused, for programs. More codes may come: have a default branch.',
    values,
  });
  builder.interfaceRef<object>('UserError').implement({
    description: 'A refusal that a person can do something about.',
    fields: userError as never,
  });
  builder.objectRef<object>('ValidationIssue').implement({ description: 'One fault of an input.', fields: issue as never });
  for (const { name, description, fields } of refusals)
    builder.objectRef<object>(name).implement({
      description,
      interfaces: ['UserError'] as never,
      extensions: { guichet: { module: 'core' } },
      fields: ((t: { field(options: object): never }) => ({ ...userError(t), ...factsOf(t, all, fields) })) as never,
    });
}

/** The first mutation that gives a refusal tells whose it is: two of one name would make one type with two meanings. */
function know(all: Declarations, refusals: Set<RefusalType>, type: RefusalType, { module, isPlugin }: NamedMutation): void {
  if (refusals.has(type)) return;
  all.claim(`the refusal ${type.name}`, module);
  all.claim(`the error code ${type.code}`, module);
  if (isPlugin && !SHARED_REFUSALS.has(type)) checkPrefix('refusal', type.name, module);
  refusals.add(type);
}

function factsOf(t: { field(options: object): never }, all: Declarations, fields: RefusalType['fields']): Record<string, never> {
  const made = Object.entries(fields).map(([name, of]): [string, object] => {
    if (!of.object) return [name, t.field(told(of.type, of.description, !of.type.startsWith('[')))];
    if (of.type === 'Node') return [name, nodeFact(t, all, name, of)];
    return [name, loadedField(t, of.type, name, { description: of.description, rule: reachRule(all.entity(of.type)) })];
  });
  return Object.fromEntries(made) as Record<string, never>;
}
/** An object whose type is told beside its id. */
function nodeFact(t: object, all: Declarations, name: string, { description }: RefusalField): object {
  const reads = {
    reads: 'any',
    which: ({ source }: { readonly source?: Readonly<Record<string, unknown>> }) => {
      const found = source?.[name] as { readonly type: string; readonly uuid: string } | undefined;
      return found && { entity: all.entity(found.type), uuid: found.uuid };
    },
  } as const;
  return readByStatement(t, { description, rule: publicRule, type: 'Node', nullable: true, reads, resolve: readField });
}
