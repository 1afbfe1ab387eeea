import { isObjectType } from 'graphql';
import type { Rule } from '../platform/permissions/rule.ts';
import type { Entity } from '../platform/read/entity.ts';
import type { LoadedModule } from './loaded-module.ts';
import { addressOf, routesOf } from './plugin-routes.rules.ts';
import type { Schemas } from './schemas.ts';

/** What a plugin opens to whom: its fields by their rules, and who bears its roles toward types of others. */
export function openings(plugin: LoadedModule, { staff }: Schemas): string[] {
  const { name } = plugin;
  const types = Object.values(staff.getTypeMap()).filter(isObjectType);
  const fields = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.extensions.module === name && !field.extensions.structural
        ? [{ rule: field.extensions.rule as Rule, field: `${type.name}.${field.name}` }]
        : [],
    ),
  );
  const byRule = Map.groupBy(fields, ({ rule }) => rule.name);
  const roles = types.flatMap(({ name: type, extensions }) => {
    const { entity, module } = (extensions.guichet ?? {}) as { entity?: Entity; module?: string };
    const prefix = `${name.replaceAll('-', '_').toUpperCase()}_`;
    const own = module === name ? [] : (entity?.roles ?? []).filter(({ role }) => role.name.startsWith(prefix));
    return own.map(({ role }) => `the role ${role.name} toward ${type}: ${role.description}`);
  });
  return [
    ...[...byRule]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([, some]) => `${admitted(some[0]!.rule)}: ${some.map(({ field }) => field).join(', ')}`),
    ...routesOf(plugin).map((route) => `${admitted(route.rule)}: ${addressOf(name, route)}`),
    ...new Set(roles),
  ];
}

const admitted = ({ name, roles, right }: Rule): string =>
  `to ${roles.map((role) => (role.name === 'ADMIN' && right ? `ADMIN with ${right}` : role.name)).join(', ')} (${name})`;
