import type { GraphQLResolveInfo } from 'graphql';
import { publicRule } from '../../permissions/rule.ts';
import { ReadAhead } from '../read/read-ahead.ts';
import type { ReadContext } from '../read/read-batch.ts';
import { reachRule } from './connection-types.ts';
import type { Declarations } from './declarations.ts';
import type { FieldSpec, FieldSpecs } from './field-spec.ts';
import { type InputField, optional, text } from './input.ts';
import { type DeclaredMutation, type NamedMutation, refusalsOf, typePrefix } from './mutation.ts';
import { checkPrefix } from './prefixes.ts';
import { type RefusalField, type RefusalType, SHARED_REFUSALS } from './refusal-type.ts';
import { RootFields } from './root-fields.ts';

/** What resolvers of mutations call; the app provides it in the request's context. */
export interface MutationContext extends ReadContext {
  /** @param ahead reads the payload's fields in the transaction of the mutation. */
  perform(mutation: DeclaredMutation, input: Readonly<Record<string, unknown>>, ahead: ReadAhead): Promise<unknown>;
}
const MODULE = 'core';
const byName = (source: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo): unknown =>
  (source as Record<string, unknown>)[info.fieldName];

/** A field whose value lies in its source under its own name. */
export const told = (type: string, description: string, nullable = false): FieldSpec => ({
  type,
  nullable,
  description,
  rule: publicRule,
  structural: true,
  resolve: byName,
});

/** Declares what all mutations share: UserError, its codes, the types of refusals; and each mutation with its input and result. */
export function mutationTypes(all: Declarations): void {
  const refusals = new Set<RefusalType>();
  for (const mutation of [...all.mutations, ...all.nativeMutations])
    for (const type of refusalsOf(mutation)) know(all, refusals, type, mutation);
  const codes = Object.fromEntries([...refusals].map(({ code, description }) => [code, description]));
  all.enum('ErrorCode', 'What was refused, for programs. More codes may come: have a default branch.', codes, MODULE);
  all.type(
    {
      name: 'UserError',
      module: MODULE,
      isInterface: true,
      interfaces: [],
      description: 'A refusal that a person can do something about.',
    },
    userErrorFields,
  );
  const issue = {
    path: told('[String]', 'Where the fault is: names of input fields and places in lists.'),
    code: told('String', 'What is wrong, for programs.'),
    message: told('String', 'What is wrong, for people.'),
  };
  all.type({ name: 'ValidationIssue', module: MODULE, isInterface: false, interfaces: [], description: 'One fault of an input.' }, issue);
  for (const type of refusals) declareRefusal(all, type);
  for (const mutation of all.mutations) declareMutation(all, mutation);
}

const userErrorFields: FieldSpecs = {
  code: told('ErrorCode', 'What was refused, for programs.'),
  message: told('String', 'What was refused and what can be done, in the language of the request.'),
  path: told('[String]', 'The input field that is to blame; empty where none is.'),
};

/** The first mutation that gives a refusal tells whose it is: two of one name would make one type with two meanings. */
function know(all: Declarations, refusals: Set<RefusalType>, type: RefusalType, { module, isPlugin }: NamedMutation): void {
  if (refusals.has(type)) return;
  all.claim(`the refusal ${type.name}`, module);
  all.claim(`the error code ${type.code}`, module);
  if (isPlugin && !SHARED_REFUSALS.has(type)) checkPrefix('refusal', type.name, module);
  refusals.add(type);
}

function declareRefusal(all: Declarations, { name, description, fields }: RefusalType): void {
  const root = new RootFields(MODULE, all);
  const own = Object.entries(fields).map(([field, of]: [string, RefusalField]) => {
    if (!of.object) return [field, told(of.type, of.description, !of.type.startsWith('['))];
    if (of.type === 'Node')
      return [
        field,
        root.any('Node', {
          description: of.description,
          rule: publicRule,
          which: ({ source }) => source?.[field] as { type: string; uuid: string },
        }),
      ];
    return [field, root.fromSource(of.type, field, { description: of.description, rule: reachRule(all.entity(of.type)) })];
  });
  all.type(
    { name, module: MODULE, isInterface: false, interfaces: ['UserError'], description },
    { ...userErrorFields, ...Object.fromEntries(own) },
  );
}

function declareMutation(all: Declarations, mutation: NamedMutation): void {
  const { name, module, description, rule, input, success, doesOnce } = mutation;
  const prefix = typePrefix(name);
  const root = new RootFields(module, all);
  const key = {
    idempotencyKey: optional(
      text(
        'Send one: a word of your choosing, up to 64 characters. A retry with the same key and input gets the first answer and does nothing twice.',
      ),
    ),
  };
  const fields: Record<string, InputField<unknown>> = { ...input, ...(doesOnce ? key : {}) };
  const hasInput = Object.keys(fields).length > 0;
  const inputName = `${prefix}Input`;
  if (hasInput) {
    all.claimType(inputName, module);
    all.inputs.set(inputName, { name: inputName, description: `Input of \`${name}\`.`, fields });
  }
  const payload = success(root);
  all.type({ name: `${prefix}Success`, module, isInterface: false, interfaces: [], description: `\`${name}\` was done.` }, payload);
  const refusals = refusalsOf(mutation).map((type) => type.name);
  const union = `${prefix}Result`;
  all.union(union, `Outcome of \`${name}\`: done, or why not.`, [`${prefix}Success`, ...refusals], module);
  const declared: DeclaredMutation = { ...mutation, outcomeIds: idsIn(all, payload) };
  const resolve = (
    _: unknown,
    args: { input?: Record<string, unknown> },
    context: MutationContext,
    info: GraphQLResolveInfo,
  ): Promise<unknown> => context.perform(declared, args.input ?? {}, new ReadAhead(info, `${prefix}Success`, context));
  const inputArg: InputField<unknown> = { type: inputName, required: true, description: 'What to do.', parse: (given) => given };
  const spec: FieldSpec = { type: union, nullable: true, description, rule, args: hasInput ? { input: inputArg } : {}, resolve };
  all.types.get('Mutation')!.fields.set(name, { module, spec });
}

/** Ids of a kind are those of its interface. */
const idsIn = (all: Declarations, payload: FieldSpecs): DeclaredMutation['outcomeIds'] =>
  Object.fromEntries(
    Object.values(payload).flatMap(({ fromSource }) => (fromSource ? [[fromSource.property, all.entity(fromSource.type).name]] : [])),
  );
