import { defaultLimits, type Limits } from '../platform/server/index.ts';

/** Milliseconds. What takes longer in a test hangs; what takes as long as it takes on a busy machine, does not. */
export const LONG = 120_000;

/** The limits of a test's server: those of size as they are, those of time so long that only a test which is about one of them meets it. */
export const patientLimits: Limits = {
  ...defaultLimits,
  bodyMs: LONG,
  requestMs: LONG,
  initMs: LONG,
  pingMs: LONG,
  idleGraceMs: 1, // the client is in this process: nothing is on its way
};
/** The same for a pool. */
export const patientPool = { statementTimeout: LONG, connectTimeout: LONG };
