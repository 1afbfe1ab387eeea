import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLSchema } from 'graphql';
import type { Rule } from '../../permissions/rule.ts';

const NAME = 'guichetGate';

/** Fields that carry no data of their own and that a builder plugin may add. */
class GatePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  readonly #bare: string[] = [];
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { rule, structural } = (config.extensions ?? {}) as { rule?: Rule; structural?: boolean };
    if (!rule) {
      this.#bare.push(`${config.parentType}.${config.name}`);
      return config;
    }
    const auth = { rule: rule.name, roles: rule.roles.map(({ name }) => name), ...(rule.right ? { right: rule.right } : {}) };
    const directives = { ...(config.extensions?.directives as object | undefined), auth };
    return { ...config, extensions: { ...config.extensions, directives, structural } };
  }
  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    if (this.#bare.length) {
      throw new Error(`Without a rule nobody is admitted: name one for ${this.#bare.join(', ')}.`);
    }
    return schema;
  }
}
SchemaBuilder.registerPlugin(NAME, GatePlugin);

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      guichetGate: GatePlugin<Types>;
    }
  }
}
export default NAME;
