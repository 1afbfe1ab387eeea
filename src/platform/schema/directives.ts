import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLSchema,
  GraphQLString,
  specifiedDirectives,
} from 'graphql';

/** `@auth` in the schema's text: who is admitted to a field. It documents what the server enforces; both come from one rule (spec 2.4). */
export function authDirective(role: GraphQLEnumType, right: GraphQLEnumType | undefined): GraphQLDirective {
  return new GraphQLDirective({
    name: 'auth',
    description:
      'Who is admitted to this field: the roles that a seat must have toward the object, and the admin right that makes the role ADMIN.',
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: {
      rule: { type: new GraphQLNonNull(GraphQLString), description: 'Name of the rule, as in the permission table.' },
      roles: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(role))), description: 'Roles that are admitted.' },
      ...(right ? { right: { type: right, description: 'Admin right behind the role ADMIN.' } } : {}),
    },
  });
}

export const semanticNonNullDirective = new GraphQLDirective({
  name: 'semanticNonNull',
  description: 'The value is null only beside an error: where a rule or a plugin refuses it.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: { levels: { type: new GraphQLList(GraphQLInt), defaultValue: [0], description: 'Levels of a list that are meant.' } },
});

/** Directives that the finished schema prints. */
export function directivesOf(types: { Role: GraphQLEnumType; AdminRight?: GraphQLEnumType }): readonly GraphQLDirective[] {
  return [...specifiedDirectives, authDirective(types.Role, types.AdminRight), semanticNonNullDirective];
}

export const enumOf = (schema: GraphQLSchema, name: string): GraphQLEnumType | undefined => {
  const type = schema.getType(name);
  return type instanceof GraphQLEnumType ? type : undefined;
};
