import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLSchema, lexicographicSortSchema } from 'graphql';
import { HOME, isPacked, SCHEMA_COMMAND } from './home.ts';
import { lockFile } from './installation-lock.ts';
import type { LoadedModule } from './loaded-module.ts';
import { movesPages } from './moves-page.ts';
import type { PermissionRow, PermissionTable } from './permission-table.ts';
import { buildSchemas } from './schemas.ts';

/**
 * Writes the schemas, the permission table and the pictures of moves that the modules make.
 * @param check only compare. @returns whether everything was up to date, or is now.
 */
export function writeSchemaFiles(modules: readonly LoadedModule[], check: boolean): boolean {
  const { staff, portal, permissions } = buildSchemas(modules);
  const files: [string, string][] = [
    ['schema.graphql', printed(staff)],
    ['schema.portal.graphql', printed(portal)],
    ['docs/permissions.md', permissionPage(permissions)],
    ...movesPages(modules),
    ...(isPacked ? [lockFile(modules)] : []),
  ];
  const stale = files.filter(([name, text]) => !existsSync(join(HOME, name)) || readFileSync(join(HOME, name), 'utf8') !== text);
  for (const [name, text] of stale) {
    if (check) process.stdout.write(`${name} is stale: run ${SCHEMA_COMMAND}.\n`);
    else write(join(HOME, name), text);
  }
  return !check || stale.length === 0;
}

function write(to: string, text: string): void {
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}

const SPECIFICATION = `[the specification](${isPacked ? '../node_modules/guichet/docs/' : ''}spec.md)`;

const printed = (schema: GraphQLSchema): string => `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;

function permissionPage(table: PermissionTable): string {
  const row = ({ name, description, roles, right, fields }: PermissionRow): string =>
    `### \`${name}\`\n\n${description}\n\nAdmits ${roles.map((role) => `\`${role}\``).join(', ')}${right ? ` (admin right \`${right}\`)` : ''}.\n\nGuards ${fields.map((field) => `\`${field}\``).join(', ')}.\n`;
  return `# Permissions\n\nMade by \`${SCHEMA_COMMAND}\` from the rules that the server enforces; the same table is \`Query.permissions\`.\nA role is what a seat is toward one object, not what a user is: see ${SPECIFICATION}, section 2.\n\n${table.map(row).join('\n')}`;
}
