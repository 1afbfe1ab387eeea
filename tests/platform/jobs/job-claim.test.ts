import { describe, expect, it } from 'vitest';
import { claimOf } from '../../../src/platform/jobs/job-claim.ts';
import { MOST_ATTEMPTS } from '../../../src/platform/jobs/job-run.ts';

const SENT = new Date('2026-06-01T08:00:00Z');
const row = { finished_at: null, sent_at: SENT, cancel_requested_at: null, attempts: 0 };

describe('what is done with a job that the queue has handed out', () => {
  it.each([
    ['is run', row, SENT, true, 'RUN'],
    ['is run for the last time', { ...row, attempts: MOST_ATTEMPTS - 1 }, SENT, true, 'RUN'],
    ['is given up', { ...row, attempts: MOST_ATTEMPTS }, SENT, true, 'FAIL'],
    ['is left where it has ended', { ...row, finished_at: SENT }, SENT, true, 'PASS'],
    ['is left where it was handed out again since: whoever comes late does not run it beside the other', row, new Date(0), true, 'PASS'],
    ['is left where nobody has sent it', { ...row, sent_at: null }, SENT, true, 'PASS'],
    ['is left where it is no more', undefined, SENT, true, 'PASS'],
    ['is cancelled, whatever it is', { ...row, cancel_requested_at: SENT, attempts: MOST_ATTEMPTS }, SENT, false, 'CANCEL'],
    ['is put back where its kind is not known here', row, SENT, false, 'PUT_BACK'],
  ] as const)('it %s', (_, found, sentAt, isKnown, claim) => {
    expect(claimOf(found, sentAt.getTime(), isKnown)).toBe(claim);
  });
});
