import { GENERAL } from '../domains/forms/index.ts';
import { makeKnown } from '../platform/database/known-tables.ts';
import { ofPlugin, partsOfCore, partsOfPlugin } from '../platform/plugin-call/plugin-call.ts';
import { Claims, DeclarationError } from '../platform/schema/claims.ts';
import { checkPrefix } from '../platform/schema/prefixes.ts';
import {
  type AnyNotificationKind,
  adminRightWords,
  type FilePurpose,
  type FormKind,
  filePurposes,
  formKinds,
  type ModuleDefinition,
  notificationKinds,
  register,
  type StaffSource,
  staffSources,
  type TimelineKind,
  timelineKinds,
} from '../sdk/index.ts';
import { CORE_SERVICES } from './core-module.ts';
import type { LoadedModule } from './loaded-module.ts';
import { checkManifest } from './manifest.check.ts';
import { ModuleError, moduleError } from './module.errors.ts';
import { addressOf, routesOf } from './plugin-routes.rules.ts';
import { sendersOf } from './sms-sender.ts';

/**
 * Checks modules and puts them in an order in which each comes after those that it needs. What they declare in the schema is checked when
 * the schemas are built.
 * @param coreVersion version of this server.
 * @throws ModuleError
 */
export function loadModules(
  domains: readonly ModuleDefinition[],
  plugins: readonly (ModuleDefinition & Pick<LoadedModule, 'source'>)[],
  coreVersion: string,
): LoadedModule[] {
  const given = [...domains.map((one) => ({ ...one, isPlugin: false })), ...plugins.map((one) => ({ ...one, isPlugin: true }))];
  const byName = new Map<string, LoadedModule>();
  for (const one of given) {
    checkManifest(one, coreVersion);
    const rights = Object.keys(one.rights ?? {}).map((right) => register(adminRightWords, right));
    const registrations = [...(one.registrations ?? []), ...rights];
    const module = { ...one, registrations, tables: (one.entities ?? []).map(({ table }) => table) };
    if (byName.has(module.name)) throw new ModuleError(module, 'another module has the same name', 'rename one of them');
    byName.set(module.name, module);
  }
  const ordered = inOrder([...byName.values()], byName);
  for (const module of ordered) declareTables(module);
  checkClaims(ordered);
  return ordered.map((module) => (module.isPlugin ? named(module) : apart(module)));
}

function inOrder(all: readonly LoadedModule[], byName: ReadonlyMap<string, LoadedModule>): LoadedModule[] {
  const ordered: LoadedModule[] = [];
  const placed = (name: string): string => {
    const label = byName.get(name)?.source?.label;
    return label ? `${name} (${label})` : name;
  };
  const visit = (module: LoadedModule, path: readonly string[]): void => {
    if (ordered.includes(module)) return;
    if (path.includes(module.name))
      throw new ModuleError(module, `it needs itself: ${[...path, module.name].map(placed).join(' → ')}`, 'take one of these needs away');
    for (const name of module.needs ?? []) {
      const needed = byName.get(name);
      if (!needed) throw new ModuleError(module, `it needs "${name}", which is not there`, `install ${name}`);
      visit(needed, [...path, module.name]);
    }
    ordered.push(module);
  };
  for (const module of all) visit(module, []);
  return ordered;
}

/** SQL may name tables that modules declare, and no others. */
function declareTables(module: LoadedModule): void {
  try {
    makeKnown(module.tables);
  } catch (error) {
    throw moduleError(module, error);
  }
}

/** Services and kinds of form have one provider each. */
function checkClaims(modules: readonly LoadedModule[]): void {
  const claims = new Claims();
  for (const { name } of CORE_SERVICES) claims.claim(`the service ${name}`, 'core');
  claims.claim(prefixOf(GENERAL), 'forms');
  for (const name of ['terminal', 'webhook']) claims.claim(`the sender of text messages ${name}`, 'accounts');
  for (const module of modules) {
    try {
      for (const { name } of [...(module.jobs ?? []), ...(module.clocks ?? [])]) claims.claim(`the job ${name}`, module.name);
      for (const { token } of module.services ?? []) claims.claim(`the service ${token.name}`, module.name);
      for (const route of routesOf(module)) claims.claim(`the route ${addressOf(module.name, route)}`, module.name);
      for (const { purpose } of purposesOf(module)) claims.claim(`the file purpose ${purpose}`, module.name);
      for (const { kind } of notificationsOf(module)) claims.claim(`the kind of notification ${kind}`, module.name);
      for (const { kind } of interactionsOf(module)) claims.claim(`the kind of interaction ${kind}`, module.name);
      for (const { point, entry } of module.registrations ?? [])
        if (point === staffSources && (entry as StaffSource).name !== module.name)
          throw new DeclarationError('its source of the staff has another name', `call it ${module.name}: a plugin has one`);
      for (const { name } of sendersOf([module])) claims.claim(`the sender of text messages ${name}`, module.name);
      const kinds = kindsOf(module);
      for (const { kind } of kinds) claims.claim(`the form kind ${kind}`, module.name);
      for (const prefix of new Set(kinds.map(prefixOf))) claims.claim(prefix, module.name);
    } catch (error) {
      throw moduleError(module, error);
    }
  }
}

/** What is called of a plugin outside its fields is known as the plugin's. */
function named(plugin: LoadedModule): LoadedModule {
  const { name, listeners = [], services = [], registrations = [], seatFacts, demo } = plugin;
  return {
    ...plugin,
    listeners: listeners.map((listener) => partsOfPlugin(name, listener)),
    services: services.map((one) => ({ ...one, implementation: partsOfPlugin(name, one.implementation) })),
    registrations: registrations.map((one) => ({ ...one, entry: partsOfPlugin(name, one.entry) })),
    seatFacts: seatFacts && ofPlugin(name, seatFacts),
    demo: demo && ofPlugin(name, demo),
  };
}

/** What a plugin's code calls of the core, by a service or an announcement, runs as the core's. */
function apart(domain: LoadedModule): LoadedModule {
  const { listeners = [], services = [] } = domain;
  return {
    ...domain,
    listeners: listeners.map(partsOfCore),
    services: services.map((one) => ({ ...one, implementation: partsOfCore(one.implementation) })),
  };
}

const prefixOf = ({ numberPrefix }: FormKind): string => `the prefix ${numberPrefix} of numbers`;

/** Words of a plugin's purposes carry its prefix. */
function purposesOf({ name, isPlugin, registrations = [] }: LoadedModule): FilePurpose[] {
  const purposes = registrations.flatMap(({ point, entry }) => (point === filePurposes ? [entry as FilePurpose] : []));
  for (const { purpose } of purposes) if (isPlugin) checkPrefix('purpose', purpose, name);
  return purposes;
}

/** Words of a plugin's kinds of notification carry its prefix. */
function notificationsOf({ name, isPlugin, registrations = [] }: LoadedModule): AnyNotificationKind[] {
  const kinds = registrations.flatMap(({ point, entry }) => (point === notificationKinds ? [entry as AnyNotificationKind] : []));
  for (const { kind } of kinds) if (isPlugin) checkPrefix('kind of notification', kind, name);
  return kinds;
}

/** Words of a plugin's kinds of entries on timelines carry its prefix. */
function interactionsOf({ name, isPlugin, registrations = [] }: LoadedModule): TimelineKind[] {
  const kinds = registrations.flatMap(({ point, entry }) => (point === timelineKinds ? [entry as TimelineKind] : []));
  for (const { kind } of kinds) if (isPlugin) checkPrefix('kind of interaction', kind, name);
  return kinds;
}

function kindsOf({ name, isPlugin, registrations = [] }: LoadedModule): FormKind[] {
  const kinds = registrations.flatMap(({ point, entry }) => (point === formKinds ? [entry as FormKind] : []));
  const prefix = `${name.replaceAll('-', '_').toUpperCase()}_`;
  const bare = isPlugin && kinds.length > 1 ? kinds.find(({ kind }) => !kind.startsWith(prefix))?.kind : undefined;
  if (bare)
    throw new DeclarationError(`its form kind ${bare} does not carry its prefix, and is not its only one`, `call it ${prefix}${bare}`);
  return kinds;
}
