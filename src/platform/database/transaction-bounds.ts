import type { Statement } from './exchange.ts';
import { ORGANIZATION_SETTING } from './server-roles.ts';

const bounds = new WeakSet<Statement>();
const bound = (statement: Statement): Statement => {
  bounds.add(statement);
  return statement;
};
/** Whether a statement is one of these, and not merely of the same text. */
export const isBound = (statement: Statement): boolean => bounds.has(statement);

/** Whoever has waited for a lock sees what was committed meanwhile, whatever the database's default is. */
export const BEGIN = bound({ name: 'begin', text: 'begin isolation level read committed' });
export const BEGIN_SNAPSHOT = bound({ name: 'begin_snapshot', text: 'begin isolation level repeatable read read only' });
export const COMMIT = bound({ name: 'commit', text: 'commit' });
export const SAVEPOINT = bound({ name: 'savepoint', text: 'savepoint work' });
export const RELEASE = bound({ name: 'release', text: 'release savepoint work' });
export const ROLLBACK_TO = bound({ name: 'rollback_to', text: 'rollback to savepoint work' });

/** How long somebody waits for a lock while it keeps a connection from everybody else. */
const A_MOMENT = '100ms';
const ENTER = `select set_config('${ORGANIZATION_SETTING}', $1, true)`;

/** Makes a transaction that of an organization, for row level security. @param waitsBriefly for locks: what takes longer is refused (55P03). */
export const enterOrganization = (organization: string, waitsBriefly = false): Statement =>
  bound({
    name: waitsBriefly ? 'enter_organization_briefly' : 'enter_organization',
    text: waitsBriefly ? `${ENTER}, set_config('lock_timeout', '${A_MOMENT}', true)` : ENTER,
    values: [organization],
  });
