import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Rule } from '../../sdk/index.ts';

/** A field that a document selects, and the rule that stands on it. */
export interface AskedRule {
  readonly field: string;
  readonly rule: string;
  readonly admits: readonly string[];
  /** The admin right that makes a seat ADMIN here. */
  readonly right: string | undefined;
}

/** The rules of all fields that a document selects, each once, as they are met. */
export function askedRules(schema: GraphQLSchema, document: DocumentNode): AskedRule[] {
  const met = new Map<string, AskedRule>();
  const types = new TypeInfo(schema);
  const meet = (): void => {
    const field = types.getFieldDef();
    const rule = field?.extensions.rule as Rule | undefined;
    if (!field || !rule || field.extensions.structural) return;
    const name = `${types.getParentType()!.name}.${field.name}`;
    met.set(name, { field: name, rule: rule.name, admits: rule.roles.map((role) => role.name), right: rule.right });
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter: meet } }));
  return [...met.values()];
}
