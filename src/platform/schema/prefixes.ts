import { DeclarationError } from './claims.ts';

// What a plugin adds to names that all modules share carries its prefix (spec 2.3b, api 1): a rule `my-plugin` writes as `myPlugin.read`,
// a role as `MY_PLUGIN_KEEPER`, an admin right as `MY_PLUGIN_PRICE`, a refusal as `MyPluginClosed`.

const words = (plugin: string): string[] => plugin.split('-');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const PREFIXES = {
  rule: (plugin: string) => `${words(plugin)[0]}${words(plugin).slice(1).map(capital).join('')}.`,
  role: (plugin: string) => `${words(plugin).join('_').toUpperCase()}_`,
  right: (plugin: string) => `${words(plugin).join('_').toUpperCase()}_`,
  purpose: (plugin: string) => `${words(plugin).join('_').toUpperCase()}_`,
  'kind of notification': (plugin: string) => `${words(plugin).join('_').toUpperCase()}_`,
  'kind of interaction': (plugin: string) => `${words(plugin).join('_').toUpperCase()}_`,
  refusal: (plugin: string) => words(plugin).map(capital).join(''),
} as const;

/** @throws DeclarationError where a plugin's name has not its prefix */
export function checkPrefix(kind: keyof typeof PREFIXES, name: string, plugin: string): void {
  const prefix = PREFIXES[kind](plugin);
  if (name.startsWith(prefix) && name.length > prefix.length) return;
  throw new DeclarationError(`its ${kind} ${name} does not carry its prefix`, `call it ${prefix}…`);
}
