import { PUBLIC } from '../platform/permissions/rule.ts';
import { DeclarationError } from '../platform/schema/claims.ts';
import { httpRoutes, type PluginRoute } from '../sdk/index.ts';
import type { LoadedModule } from './loaded-module.ts';

export const PLUGIN_ROUTES = '/plugins/';
const PATH = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
export const BODY_BYTES = 256 * 1024;
const MOST_BODY_BYTES = 4 * 1024 * 1024;

/** Whoever comes has no seat: the organization stands in the address. */
export const isOpen = ({ rule }: PluginRoute): boolean => rule.roles.includes(PUBLIC);

/** As people read it. */
export const addressOf = (plugin: string, route: PluginRoute): string =>
  `${route.method} ${PLUGIN_ROUTES}${plugin}/${isOpen(route) ? '<organization>/' : ''}${route.path}`;

/** The routes of a module. @throws DeclarationError for one that is not right */
export function routesOf({ name, rules = [], registrations = [] }: Pick<LoadedModule, 'name' | 'rules' | 'registrations'>): PluginRoute[] {
  const routes = registrations.flatMap(({ point, entry }) => (point === httpRoutes ? [entry as PluginRoute] : []));
  for (const route of routes) {
    const { method, path, rule, description, bodyBytes = BODY_BYTES } = route;
    if (!METHODS.includes(method) || !PATH.test(path ?? ''))
      throw new DeclarationError(
        `its route "${method} ${path}" is none`,
        `write a method of ${METHODS.join(', ')}, and a path like deliveries`,
      );
    const fault = (what: string, mend: string) => new DeclarationError(`its route ${addressOf(name, route)} ${what}`, mend);
    if (!rule?.roles) throw new DeclarationError(`its route ${method} ${path} has no rule`, 'name one, or publicRule');
    if (!isOpen(route) && !rules.includes(rule))
      throw fault(`has the rule ${rule.name}, which the manifest does not list`, 'add it to `rules`');
    if (!description) throw fault('says nothing of itself', 'give it a description');
    if (!(bodyBytes > 0 && bodyBytes <= MOST_BODY_BYTES))
      throw fault(`takes bodies of ${bodyBytes} bytes`, `take at most ${MOST_BODY_BYTES}`);
  }
  return routes;
}
