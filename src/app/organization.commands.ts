import type { Command } from 'commander';
import { commandSettings } from './command-settings.ts';

interface Json {
  readonly json?: boolean;
}
interface Created extends Json {
  readonly name: string;
  readonly adminName: string;
  readonly adminPhone: string;
  readonly country: string;
  readonly timeZone: string;
  readonly certification: string;
}
const JSON_OPTION = ['--json', 'print JSON, for programs'] as const;
const ORGANIZATION = 'its id, or its name';
/** Nothing of a demo is made by the way: whoever runs these means organizations of their own. */
const settings = () => commandSettings({ DEMO: '0' });
const commands = () => import('./commands/organization.command.ts');

/** What the operator does to organizations (api 3). */
export function organizationCommands(organization: Command): void {
  organization
    .command('create')
    .description('found an organization with its first admin, who holds all rights')
    .requiredOption('--name <name>', 'name of the company')
    .requiredOption('--admin-name <name>', 'name of the first admin')
    .requiredOption('--admin-phone <phone>', 'mobile number that the first admin signs in with, E.164')
    .option('--country <code>', 'ISO 3166 code; numbers without a country code are read as of this country', 'CN')
    .option('--time-zone <zone>', 'zone of the IANA database', 'Asia/Shanghai')
    .option('--certification <level>', 'TEAM, BASIC, INTERMEDIATE or ADVANCED', 'TEAM')
    .option(...JSON_OPTION)
    .action(async ({ json = false, ...given }: Created) => (await commands()).createOrganizationCommand(settings(), given, { json }));
  organization
    .command('list')
    .description('name all organizations')
    .option(...JSON_OPTION)
    .action(async ({ json = false }: Json) => (await commands()).listOrganizationsCommand(settings(), { json }));
  organization
    .command('show')
    .description('tell what an organization is, and how it came to be so')
    .argument('<organization>', ORGANIZATION)
    .option(...JSON_OPTION)
    .action(async (named: string, { json = false }: Json) => (await commands()).showOrganizationCommand(settings(), named, { json }));
  organization
    .command('certify')
    .description('set how an organization is certified; what hangs on it follows at once')
    .argument('<organization>', ORGANIZATION)
    .requiredOption('--level <level>', 'TEAM, BASIC, INTERMEDIATE or ADVANCED')
    .requiredOption('--reason <reason>', 'why, in one line')
    .option(...JSON_OPTION)
    .action(async (named: string, { json = false, level, reason }: Json & { level: string; reason: string }) =>
      (await commands()).certifyOrganizationCommand(settings(), named, { level, reason, json }),
    );
  organization
    .command('admin')
    .description('give all rights to whoever is employed with a phone, or to somebody new: where nobody is left who could grant them')
    .argument('<organization>', ORGANIZATION)
    .requiredOption('--phone <phone>', 'mobile number that they sign in with, E.164')
    .option('--name <name>', 'of somebody new, where nobody is employed with the phone')
    .option(...JSON_OPTION)
    .action(async (named: string, { json = false, phone, name }: Json & { phone: string; name?: string }) =>
      (await commands()).organizationAdminCommand(settings(), named, { phone, name, json }),
    );
  organization
    .command('phone')
    .description('give one employee or contact another number to sign in with: where theirs is lost, and nobody else could change it')
    .argument('<organization>', ORGANIZATION)
    .requiredOption('--seat <id>', 'the employee or contact, by its id')
    .requiredOption('--phone <phone>', 'mobile number that they sign in with from now on, E.164')
    .requiredOption('--reason <reason>', 'why, in one line')
    .option(...JSON_OPTION)
    .action(async (named: string, { json = false, ...given }: Json & { seat: string; phone: string; reason: string }) =>
      (await commands()).organizationPhoneCommand(settings(), named, { ...given, json }),
    );
  organization
    .command('quota')
    .description('set how many contacts an organization may have')
    .argument('<organization>', ORGANIZATION)
    .requiredOption('--contacts <number>', 'how many; `default` for what its certification gives')
    .option(...JSON_OPTION)
    .action(async (named: string, { json = false, contacts }: Json & { contacts: string }) =>
      (await commands()).organizationQuotaCommand(settings(), named, { contacts, json }),
    );
}
