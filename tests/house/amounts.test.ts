import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLInputType, type GraphQLOutputType, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
interface Said {
  readonly description?: string | null;
  readonly type: GraphQLInputType | GraphQLOutputType;
}
const isShort = ({ description, type }: Said): boolean => /minor units/i.test(description ?? '') && getNamedType(type).name === 'Int';

describe('an amount of money (api 1)', () => {
  it('has room for more than 32 bits wherever it is said or taken', () => {
    const short = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) || isInputObjectType(type)
        ? Object.values(type.getFields()).flatMap((field) => (isShort(field) ? [`${type.name}.${field.name}`] : []))
        : [],
    );
    expect(short).toEqual([]);
  });
});
