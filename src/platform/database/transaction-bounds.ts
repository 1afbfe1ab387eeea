import type { Statement } from './exchange.ts';
import { ORGANIZATION_SETTING } from './table-ddl.ts';

export const BEGIN: Statement = { name: 'begin', text: 'begin' };
export const BEGIN_SNAPSHOT: Statement = { name: 'begin_snapshot', text: 'begin isolation level repeatable read read only' };
export const COMMIT: Statement = { name: 'commit', text: 'commit' };

/** Makes a transaction that of an organization, for row level security. */
export const enterOrganization = (organization: string): Statement => ({
  name: 'enter_organization',
  text: `select set_config('${ORGANIZATION_SETTING}', $1, true)`,
  values: [organization],
});
