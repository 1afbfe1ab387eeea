import { describe, expect, it } from 'vitest';
import { moduleError } from '../../src/app/module.errors.ts';
import { DeclarationError } from '../../src/platform/schema/claims.ts';

const thrown = <Thrown extends Error>(error: Thrown, ...lines: string[]): Thrown =>
  Object.assign(error, { stack: [`Error: ${error.message}`, ...lines.map((line) => `    at ${line}`)].join('\n') });
const messageOf = (error: Error): string => moduleError({ name: 'lending', isPlugin: true }, error).message;
const DECLARED = 'at (file:///srv/guichet/src/platform/schema/entity-columns.ts:36:9)';
const MERGED = 'merge (/srv/guichet/node_modules/@pothos/core/esm/plugins/merge.js:40:3)';
const OWN = 'fields (file:///srv/guichet/plugins/lending/loan.graphql.ts:12:7)';

describe('why a plugin cannot be loaded', () => {
  it('names the line of the plugin that declares what does not hold', () => {
    const fault = new DeclarationError('the table plg_lending.loans has no column due', 'declare it, or name another');
    expect(messageOf(thrown(fault, DECLARED, MERGED, OWN))).toBe(
      'Plugin "lending" cannot be loaded: the table plg_lending.loans has no column due (plugins/lending/loan.graphql.ts:12); declare it, or name another, or start with --without lending.',
    );
  });
  it('names no line where none of the plugin is under way', () => {
    const fault = new DeclarationError('the field Loan.due has no rule', 'name one');
    expect(messageOf(thrown(fault, DECLARED, MERGED))).toBe(
      'Plugin "lending" cannot be loaded: the field Loan.due has no rule; name one, or start with --without lending.',
    );
  });
  it('names the line that throws', () => {
    expect(messageOf(thrown(new Error('No tools today.'), OWN))).toContain('No tools today; mend plugins/lending/loan.graphql.ts:12, or ');
    expect(messageOf(thrown(new Error('No tools today.'), MERGED))).toContain('No tools today; mend its code, or ');
  });
});
