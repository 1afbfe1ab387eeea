import { publicRule } from '../permissions/rule.ts';
import type { Entity } from '../read/entity.ts';
import { readField } from '../read/reader.ts';
import { badRequest } from '../read/refusal.ts';
import type { Declarations } from './declarations.ts';
import { readByStatement } from './field-writing.ts';
import { readGlobalId } from './global-id.ts';

const MOST_NODES = 100;
interface ArgMaker {
  arg(options: object): never;
}
type Args = Readonly<Record<string, unknown>>;

/** `Query.node` and `Query.nodes`: any objects by their global ids (Relay; api 1). */
export const nodeFields = (t: object, all: Declarations): { readonly node: never; readonly nodes: never } => ({
  node: nodeField(t, all) as never,
  nodes: nodesField(t, all) as never,
});

function nodeField(t: object, all: Declarations): object {
  const which = ({ args }: { readonly args: Args }) => {
    const found = readGlobalId(args.id);
    const entity = found && all.entityOfTag(found.tag);
    return entity && { entity, uuid: found.uuid };
  };
  return readByStatement(t, {
    description: 'Any object by its id; null where your seat cannot see it.',
    rule: publicRule,
    type: 'Node',
    nullable: true,
    args: { id: (t as ArgMaker).arg({ type: 'ID', required: true, description: 'Global id of the object.' }) },
    reads: { reads: 'any', which },
    resolve: readField,
  });
}

const asked = (args: Args): readonly string[] => {
  const ids = args.ids as readonly string[];
  if (ids.length > MOST_NODES)
    throw badRequest({
      en: `At most ${MOST_NODES} ids, please; these are ${ids.length}.`,
      'zh-CN': `最多 ${MOST_NODES} 个编号，现有 ${ids.length} 个。`,
    });
  return ids;
};
function nodesField(t: object, all: Declarations): object {
  const entityOfTag = (tag: string): Entity | undefined => all.entityOfTag(tag);
  const resolve: typeof readField = async (source, args, context, info) => {
    const ids = asked(args as Args);
    if (!context.seat) return ids.map(() => null);
    const found = (await readField(source, args, context, info)) as { id: string; object: unknown }[];
    const byId = new Map(found.map(({ id, object }) => [id, object]));
    return ids.map((id) => byId.get(id) ?? null);
  };
  return readByStatement(t, {
    description: 'Several objects by their ids, at most 100, in that order; null in the place of those that your seat cannot see.',
    rule: publicRule,
    type: ['Node'],
    nullable: { list: false, items: true },
    args: { ids: (t as ArgMaker).arg({ type: ['ID'], required: true, description: 'Global ids of the objects.' }) },
    reads: { reads: 'several', ids: asked, entityOfTag },
    resolve,
  });
}
