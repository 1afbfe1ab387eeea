import type pg from 'pg';

/**
 * Whether the database answers. It is asked on a connection that nothing else uses, so that whoever is full of work is not taken for dead; all
 * who want to know at once share one question.
 */
export function readinessOf(pool: pg.Pool): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    try {
      return (await pool.query('select 1')).rowCount === 1;
    } catch {
      return false;
    } finally {
      asking = undefined;
    }
  };
  return () => {
    asking ??= ask();
    return asking;
  };
}
