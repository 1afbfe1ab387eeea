/** When a clock strikes next. @param cron five fields @param zone of the IANA database @throws where either cannot be read */
export async function nextStrike(cron: string, zone: string, after: Date): Promise<Date> {
  const { PgBoss } = await import('pg-boss');
  // it reads the expression, and asks no database
  const reader = new PgBoss({ db: { executeSql: async () => ({ rows: [] }) }, schema: 'pgboss' });
  const [next] = reader.previewSchedule(cron, { tz: zone, from: after, count: 1 });
  return next!;
}
