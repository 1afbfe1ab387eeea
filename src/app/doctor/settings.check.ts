import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { readSettings, SETTING_NAMES, type Settings, SettingsError } from '../settings.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

const SUBJECT = 'settings';
/** Variables of the environment that can only be meant for this program. */
const MEANT_FOR_US = /^GUICHET_(?!TEST_)/;
/** Settings that nobody else may read; an address may hold a password. */
const SECRETS = ['DATABASE_URL', 'SMTP_URL', ...SETTING_NAMES.filter((name) => /SECRET/.test(name))];
/** A word typed again and again has fewer. */
const FEWEST_CHARACTERS = 10;

export interface CheckedSettings {
  readonly findings: Finding[];
  /** None where some are wrong. */
  readonly settings: Settings | undefined;
}

/** @param environmentFile the file that settings are read from as well */
export function checkSettings(variables: Readonly<Record<string, string | undefined>>, environmentFile: string): CheckedSettings {
  const findings = [...unknownNames(variables, environmentFile), ...openFile(environmentFile)];
  try {
    const settings = readSettings(variables);
    if (settings.secret && new Set(settings.secret).size < FEWEST_CHARACTERS)
      findings.push(
        warning(SUBJECT, 'GUICHET_SECRET is easy to guess', 'make one of random characters, such as of `openssl rand -hex 32`'),
      );
    return { settings, findings: findings.length ? findings : [ok(SUBJECT, 'all are known and right')] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const faults = error.message.split('\n').slice(1);
    return { settings: undefined, findings: [...findings, ...faults.map((fault) => failure(SUBJECT, fault.trim()))] };
  }
}

function unknownNames(variables: Readonly<Record<string, string | undefined>>, file: string): Finding[] {
  const inFile = existsSync(file) ? Object.keys(parseEnv(readFileSync(file, 'utf8'))) : [];
  const names = new Set([...inFile, ...Object.keys(variables).filter((name) => MEANT_FOR_US.test(name))]);
  return [...names]
    .filter((name) => !SETTING_NAMES.includes(name))
    .map((name) => warning(SUBJECT, `there is none called ${name}`, '`guichet --help` names all of them'));
}

function openFile(file: string): Finding[] {
  if (process.platform === 'win32' || !existsSync(file) || (statSync(file).mode & 0o077) === 0) return [];
  const holdsSecrets = Object.keys(parseEnv(readFileSync(file, 'utf8'))).some((name) => SECRETS.includes(name));
  return holdsSecrets ? [warning(SUBJECT, `other users of the machine may read ${file}, which holds a secret`, `chmod 600 ${file}`)] : [];
}
