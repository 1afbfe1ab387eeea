import { type GraphQLNamedType, GraphQLSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';

/** The schema without types that no root field leads to. Implementations of an interface that is reached are reached. */
export function reachableOnly(schema: GraphQLSchema): GraphQLSchema {
  let kept: readonly GraphQLNamedType[] = [];
  for (;;) {
    const reached = new GraphQLSchema({ ...schema.toConfig(), types: kept, directives: [] });
    const known = reached.getTypeMap();
    const implementations = Object.values(schema.getTypeMap()).filter(
      (type) =>
        (isObjectType(type) || isInterfaceType(type)) &&
        !(type.name in known) &&
        type.getInterfaces().some(({ name }) => name in known && !leadsNowhere(name)),
    );
    const enums = ['Role', 'AdminRight'].filter((name) => !(name in known)).map((name) => schema.getType(name));
    const more = [...implementations, ...enums].filter(
      (type): type is GraphQLNamedType => type !== undefined && getNamedType(type) !== undefined,
    );
    if (more.length === 0) return reached;
    kept = [...kept, ...more];
  }
}

/** `Node` would reach everything with an id and `UserError` every refusal: what counts is where else a type is reached from. */
const leadsNowhere = (name: string): boolean => name === 'Node' || name === 'UserError';
