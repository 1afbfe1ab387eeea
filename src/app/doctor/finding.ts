export type Level = 'ok' | 'warning' | 'failure';

/** One thing that the doctor has looked at. */
export interface Finding {
  readonly level: Level;
  /** What was looked at: `Node.js`, `roles`. */
  readonly subject: string;
  /** What was found; never a password, a secret, or anybody's data. */
  readonly found: string;
  /** How to mend it. */
  readonly mend?: string;
}

export const ok = (subject: string, found: string): Finding => ({ level: 'ok', subject, found });
export const warning = (subject: string, found: string, mend?: string): Finding => ({ level: 'warning', subject, found, mend });
export const failure = (subject: string, found: string, mend?: string): Finding => ({ level: 'failure', subject, found, mend });

/** What stands in errors is one sentence that says how to mend it as well. */
export const failureOf = (subject: string, error: unknown): Finding => failure(subject, (error as Error).message.replace(/\.$/, ''));
