import { asLogin } from '../platform/database/login.ts';

/** Why a plugin is stopped. */
export type StopReason = 'BLOCKED' | 'THREW';
/** A plugin that has done harm to the whole server, and stays off until an operator turns it on (promise 9). */
export interface PluginStop {
  readonly plugin: string;
  readonly reason: StopReason;
  /** File and line, where they are known. */
  readonly place: string | null;
  /** It did harm again while it was off: it is not loaded. */
  readonly leftOut: boolean;
  readonly at: Date;
}
/** What a server has to tell of a plugin. */
export interface StopNote extends Pick<PluginStop, 'plugin' | 'reason'> {
  readonly place: string | undefined;
  readonly wasOff: boolean;
}
const TABLE = 'plugin_stops';
const SELECT = `select plugin, reason, place, left_out as "leftOut", stopped_at as at from ${TABLE} order by plugin`;
const NOTE = `insert into ${TABLE} as known (plugin, reason, place, left_out) values ($1, $2, $3, $4)
  on conflict (plugin) do update set reason = excluded.reason, place = excluded.place, stopped_at = now(), left_out = known.left_out or excluded.left_out`;

/** @param url of the login: no other role reaches them */
export const pluginStops = (url: string): Promise<PluginStop[]> =>
  asLogin(url, async (client) => (await client.query<PluginStop>(SELECT)).rows);

export const noteStop = (url: string, { plugin, reason, place, wasOff }: StopNote): Promise<void> =>
  asLogin(url, async (client) => {
    await client.query(NOTE, [plugin, reason, place, wasOff]);
  });

/** Without loading anything: a plugin that does harm need not be there. @returns whether it was stopped */
export const forgetStop = (url: string, plugin: string): Promise<boolean> =>
  asLogin(url, async (client) => {
    const { rows } = await client.query<{ known: string | null }>(`select to_regclass('${TABLE}')::text as known`);
    return rows[0]!.known !== null && (await client.query(`delete from ${TABLE} where plugin = $1`, [plugin])).rowCount === 1;
  });

const REASONS: Record<StopReason, string> = { BLOCKED: 'blocked the server', THREW: 'threw what nobody caught' };
/** What an operator is told at the start. */
export const stopLine = ({ plugin, reason, place, leftOut, at }: PluginStop): string =>
  `the plugin ${plugin} ${REASONS[reason]}${place ? ` at ${place}` : ''} on ${at.toISOString()}, and ${leftOut ? 'is not loaded' : 'stays off'} until you turn it on: guichet plugin enable ${plugin}`;
