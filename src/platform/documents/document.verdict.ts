import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Text } from '../language/language.ts';
import { toldError } from '../schema/told-error.ts';
import type { DocumentLimits } from './document.limits.ts';
import type { Measure } from './document.measure.ts';

/** One sentence for each limit that the operation passes, saying what, how much and how much is allowed. */
export function limitFaults(operation: OperationDefinitionNode, measure: Measure, limits: DocumentLimits): GraphQLError[] {
  const name = operation.name ? `Operation "${operation.name.value}"` : 'The operation';
  const figures: [what: string, found: number, allowed: number][] = [
    ['fields deep', measure.depth, limits.depth],
    ['fields deep in introspection', measure.introspectionDepth, limits.introspectionDepth],
    ['selection sets deep', measure.nesting, limits.nesting],
    ['root fields', measure.fields, limits.rootFields],
    ['aliases', measure.aliases, limits.aliases],
    ['directives', measure.directives, limits.directives],
    ['times __schema', measure.schemaFields, 1],
    ['times __type', measure.typeFields, 1],
  ];
  return figures
    .filter(([, found, allowed]) => found > allowed)
    .map(([what, found, allowed]) =>
      limitExceeded({
        en: `${name} has ${Number.isSafeInteger(found) ? found : 'countless'} ${what}, ${allowed} allowed.`,
        'zh-CN': `操作超出限制（${what}）：${Number.isSafeInteger(found) ? found : '无数'}，最多 ${allowed}。`,
      }),
    );
}

export const limitExceeded = (message: Text): GraphQLError => toldError('LIMIT_EXCEEDED', message);
