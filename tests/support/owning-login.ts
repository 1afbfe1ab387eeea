import type { RawDatabase } from './raw-database.ts';

/** Drops a login that has migrated a database of its own, the database, and the logins of pools that it has made. @param owner a superuser */
export async function dropOwningLogin(owner: RawDatabase, login: string): Promise<void> {
  await owner.rows(`drop database ${login} with (force)`);
  const made = await owner.rows<{ name: string }>(
    `select distinct m.member::regrole::text as name from pg_auth_members m
     where m.grantor = $1::regrole and m.roleid = any(array['guichet_app', 'guichet_identity', 'guichet_worker']::regrole[])`,
    [login],
  );
  for (const { name } of made) await owner.rows(`drop role ${name}`);
  await owner.rows(`drop role ${login}`);
}
