import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
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

const PLUGINS = new URL('../../plugins/', import.meta.url);
export const PLUGINS_FOLDER = fileURLToPath(PLUGINS);

/** A folder that holds one of them is meant as a plugin. */
const MARKS = ['index.ts', 'package.json'];

/** Names of the plugins that lie in `plugins/`, in order. */
export const installedPlugins = (): string[] =>
  existsSync(PLUGINS)
    ? readdirSync(PLUGINS, { withFileTypes: true })
        .flatMap((entry) =>
          entry.isDirectory() && MARKS.some((file) => existsSync(new URL(`${entry.name}/${file}`, PLUGINS))) ? [entry.name] : [],
        )
        .sort()
    : [];

/**
 * Imports the plugins that lie in `plugins/`, in the order of their names.
 * @param without names of plugins that are left out.
 * @throws ModuleError for one that cannot be imported or exports no definition, or that is to be left out and is not there.
 */
export async function importPlugins(without: readonly string[] = []): Promise<ModuleDefinition[]> {
  const names = installedPlugins();
  const unknown = without.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new SettingsError(`--without ${unknown}: there is no such plugin; there is ${names.join(', ') || 'none'}.`);
  const definitions: ModuleDefinition[] = [];
  for (const name of names) if (!without.includes(name)) definitions.push(await importInstalled(name));
  return definitions;
}

/** @throws ModuleError */
export const importInstalled = (name: string): Promise<ModuleDefinition> => importPlugin(new URL(`${name}/index.ts`, PLUGINS));

/** @param file the plugin's `index.ts`, in a folder of the plugin's name. @throws ModuleError */
export async function importPlugin(file: URL): Promise<ModuleDefinition> {
  const folder = basename(dirname(fileURLToPath(file)));
  const plugin = { name: folder, isPlugin: true };
  if (!existsSync(file))
    throw new ModuleError(plugin, 'it has no index.ts', `write one that ends with \`export default defineModule({ … })\``);
  let imported: { default?: ModuleDefinition };
  try {
    imported = await import(file.href);
  } catch (error) {
    throw moduleError(plugin, error);
  }
  const { default: definition } = imported;
  if (typeof definition?.name !== 'string')
    throw new ModuleError(plugin, 'it exports no definition', `end ${folder}/index.ts with \`export default defineModule({ … })\``);
  if (definition.name !== folder)
    throw new ModuleError(plugin, `it calls itself "${definition.name}" and lies in a folder "${folder}"`, 'give both one name');
  return definition;
}
