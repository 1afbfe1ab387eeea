import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Where in the schema something failed. Not its path: that is made of words that the client chose. */
export interface FaultPlace {
  /** Such as `Query.products`. */
  readonly field?: string;
  /** Whose field it is. */
  readonly module?: string;
}

/** @param node of the document that selects the field; the same field of an interface is of whatever module its kinds say first */
export function faultPlace(schema: GraphQLSchema, document: DocumentNode, node: ASTNode | undefined): FaultPlace {
  const types = new TypeInfo(schema);
  let place: FaultPlace = {};
  const look = (field: FieldNode): void => {
    const parent = types.getParentType();
    if (field !== node || !parent) return;
    const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [];
    const found = [types.getFieldDef(), ...possible.map((type) => type.getFields()[field.name.value])].find(
      (one) => one?.extensions.module,
    );
    place = { field: `${parent.name}.${field.name.value}`, module: found?.extensions.module as string | undefined };
  };
  visit(document, visitWithTypeInfo(types, { Field: look }));
  return place;
}
