import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accounts } from '../domains/accounts/index.ts';
import { articlesModule } from '../domains/articles/index.ts';
import { auditModule } from '../domains/audit/index.ts';
import { contactBooksModule } from '../domains/contact-books/index.ts';
import { contactCardsModule } from '../domains/contact-cards/index.ts';
import { contactClaimingModule } from '../domains/contact-claiming/index.ts';
import { contactExportModule } from '../domains/contact-export/index.ts';
import { contactFieldsModule } from '../domains/contact-fields/index.ts';
import { contactImportModule } from '../domains/contact-import/index.ts';
import { contactsModule } from '../domains/contacts/index.ts';
import { directoryModule } from '../domains/directory/index.ts';
import { fieldsModule } from '../domains/fields/index.ts';
import { filesModule } from '../domains/files/index.ts';
import { formDesignerModule } from '../domains/form-designer/index.ts';
import { formExportModule } from '../domains/form-export/index.ts';
import { formForecastModule } from '../domains/form-forecast/index.ts';
import { formPrintingModule } from '../domains/form-printing/index.ts';
import { formsModule } from '../domains/forms/index.ts';
import { interactionsModule } from '../domains/interactions/index.ts';
import { jobsModule } from '../domains/jobs/index.ts';
import { joiningModule } from '../domains/joining/index.ts';
import { notificationsModule } from '../domains/notifications/index.ts';
import { organizationModule } from '../domains/organization/index.ts';
import { serviceWindowModule } from '../domains/service-window/index.ts';
import { signaturesModule } from '../domains/signatures/index.ts';
import { staffSyncModule } from '../domains/staff-sync/index.ts';
import { transfersModule } from '../domains/transfers/index.ts';
import { windowAppsModule } from '../domains/window-apps/index.ts';
import { windowPreviewModule } from '../domains/window-preview/index.ts';
import { workInteractionsModule } from '../domains/work-interactions/index.ts';
import { workingTimeModule } from '../domains/working-time/index.ts';
import type { ModuleDefinition } from '../sdk/index.ts';
import { coreModule } from './core-module.ts';
import { ModuleError, moduleError } from './module.errors.ts';
import { checkCopies } from './plugin-copies.check.ts';
import { type PluginSource, pluginSources } from './plugin-source.ts';
import { SettingsError } from './settings.ts';

/** The core's own modules. */
export const DOMAINS: readonly ModuleDefinition[] = [
  coreModule,
  organizationModule,
  workingTimeModule,
  accounts,
  signaturesModule,
  filesModule,
  directoryModule,
  notificationsModule,
  fieldsModule,
  transfersModule,
  contactsModule,
  contactFieldsModule,
  contactClaimingModule,
  contactBooksModule,
  contactCardsModule,
  interactionsModule,
  serviceWindowModule,
  joiningModule,
  windowAppsModule,
  articlesModule,
  windowPreviewModule,
  formsModule,
  formDesignerModule,
  auditModule,
  jobsModule,
  contactImportModule,
  contactExportModule,
  formExportModule,
  formPrintingModule,
  formForecastModule,
  staffSyncModule,
  workInteractionsModule,
];

/** A plugin's definition, and where it was found. */
export interface FoundPlugin extends ModuleDefinition {
  readonly source: PluginSource;
}

/**
 * Imports the plugins of this installation, in the order of their names.
 * @param without names of plugins that are left out.
 * @throws ModuleError for one that cannot be imported or exports no definition, or that is to be left out and is not there.
 */
export async function importPlugins(without: readonly string[] = []): Promise<FoundPlugin[]> {
  const sources = await pluginSources(without);
  const names = sources.map(({ name }) => name);
  const unknown = without.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new SettingsError(`--without ${unknown}: there is no such plugin; there is ${names.join(', ') || 'none'}.`);
  const definitions: FoundPlugin[] = [];
  for (const source of sources) if (!without.includes(source.name)) definitions.push(await importPlugin(source));
  return definitions;
}

/** @throws ModuleError */
export async function importPlugin(source: PluginSource): Promise<FoundPlugin> {
  const { name, label, entry } = source;
  const plugin = { name, isPlugin: true, source };
  const file = basename(fileURLToPath(entry));
  if (!existsSync(entry))
    throw new ModuleError(plugin, `it has no ${file}`, `write one that ends with \`export default defineModule({ … })\``);
  checkCopies(plugin);
  let imported: { default?: ModuleDefinition };
  try {
    imported = await import(entry.href);
  } catch (error) {
    throw unstripped(error, source) ?? moduleError(plugin, error);
  }
  const { default: definition } = imported;
  if (typeof definition?.name !== 'string')
    throw new ModuleError(plugin, 'it exports no definition', `end ${basename(label)}/${file} with \`export default defineModule({ … })\``);
  if (definition.name !== name)
    throw new ModuleError(
      plugin,
      `it calls itself "${definition.name}" and lies in ${kindOf(source)} "${basename(label)}"`,
      'give both one name',
    );
  return { ...definition, source };
}

const kindOf = ({ label }: PluginSource): string => (/^(@[^/]+\/)?[^/.]+$/.test(label) ? 'the package' : 'a folder');

function unstripped(error: unknown, source: PluginSource): ModuleError | undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') return undefined;
  const fault = `${source.label} is TypeScript, of which Node strips no types below node_modules`;
  return new ModuleError(
    { name: source.name, isPlugin: true },
    fault,
    'publish it as JavaScript, or name its folder instead of the package',
  );
}
