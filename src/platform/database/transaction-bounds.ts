import type { Statement } from './exchange.ts';
import { ORGANIZATION_SETTING } from './server-roles.ts';

export const BEGIN: Statement = { name: 'begin', text: 'begin' };
export const BEGIN_SNAPSHOT: Statement = { name: 'begin_snapshot', text: 'begin isolation level repeatable read read only' };
export const COMMIT: Statement = { name: 'commit', text: 'commit' };

/** How long somebody waits for a lock while it keeps a connection from everybody else. */
const A_MOMENT = '100ms';
const ENTER = `select set_config('${ORGANIZATION_SETTING}', $1, true)`;

/** Makes a transaction that of an organization, for row level security. @param waitsBriefly for locks: what takes longer is refused (55P03). */
export const enterOrganization = (organization: string, waitsBriefly = false): Statement => ({
  name: waitsBriefly ? 'enter_organization_briefly' : 'enter_organization',
  text: waitsBriefly ? `${ENTER}, set_config('lock_timeout', '${A_MOMENT}', true)` : ENTER,
  values: [organization],
});
