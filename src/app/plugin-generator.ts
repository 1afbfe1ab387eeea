import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPacked } from './home.ts';
import { isPluginName } from './manifest.check.ts';
import { SettingsError } from './settings.ts';
import { VERSION } from './version.ts';

/** A small plugin that works, called `sample-plugin`: its name in every spelling is what is replaced. */
const TEMPLATE = fileURLToPath(new URL('./plugin-template/', import.meta.url));

/**
 * Writes a plugin that works, with its test.
 * @param folder where it is made, in a folder of its name.
 * @returns the files, from that folder.
 * @throws SettingsError where it cannot be called so, or is there already
 */
export function writePlugin(name: string, folder: string): string[] {
  if (!isPluginName(name)) throw new SettingsError(`"${name}" is no name of a plugin: use lower case letters, digits and single dashes.`);
  const root = join(folder, name);
  if (existsSync(root)) throw new SettingsError(`${root} is there already: choose another name.`);
  const files = readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(TEMPLATE.length))
    .sort();
  for (const file of files) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, renamed(readFileSync(join(TEMPLATE, file), 'utf8'), name));
  }
  return files.map((file) => join(name, file));
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function renamed(text: string, name: string): string {
  const words = name.split('-');
  const pascal = words.map(capital).join('');
  return text
    .replace('npx vitest run plugins/sample-plugin', isPacked ? 'npx guichet plugin test sample-plugin' : '$&')
    .replaceAll('sample-plugin', name)
    .replaceAll('sample_plugin', words.join('_'))
    .replaceAll('SamplePlugin', pascal)
    .replaceAll('samplePlugin', pascal.charAt(0).toLowerCase() + pascal.slice(1))
    .replace(/(?<=guichet: '\^)[\d.]+/, VERSION);
}
