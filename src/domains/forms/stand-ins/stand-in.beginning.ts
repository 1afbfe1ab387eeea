import type { JobWork } from '../../../sdk/index.ts';
import { beginNamings } from './stand-in.service.ts';

const BATCH = 10;

/** Periods that begin by the clock; they end by themselves, as nobody who looks finds them any more. */
export async function beginStandIns(work: JobWork): Promise<void> {
  for (let begun = BATCH; begun === BATCH; ) begun = await work.perform((use) => beginNamings(use, BATCH));
}
