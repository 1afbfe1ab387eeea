import type { GraphQLResolveInfo } from 'graphql';
import { publicRule } from '../permissions/rule.ts';

const byName = (source: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo): unknown =>
  (source as Record<string, unknown>)[info.fieldName];

/** Options of a field of what somebody was given anyway, such as a refusal: its value lies in its source under its own name. */
export const told = (type: string, description: string, nullable = false): object => ({
  type: type.startsWith('[') ? [type.slice(1, -1)] : type,
  nullable,
  description,
  rule: publicRule,
  resolve: byName,
  extensions: { structural: true, module: 'core' },
});
