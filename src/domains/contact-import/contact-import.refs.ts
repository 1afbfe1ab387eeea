import { entityRef, words } from '../../sdk/index.ts';
import { contactImportCandidates, contactImportRows, contactImports } from './contact-import.entity.ts';

export const ContactImport = entityRef('ContactImport', contactImports);
export const ContactImportCounts = entityRef('ContactImportCounts', contactImports);
export const ContactImportRow = entityRef('ContactImportRow', contactImportRows);
export const ContactImportCandidate = entityRef('ContactImportCandidate', contactImportCandidates);

export const ContactImportMode = words('ContactImportMode', 'What becomes of a row whose phone is a contact’s already.', {
  CREATE_ONLY: 'It is rejected.',
  SKIP_EXISTING: 'It is passed over.',
  FILL_EMPTY: 'What is empty of the contact is filled from the row, tags of groups in which it has none and sharees included.',
  UPDATE: 'The contact becomes what the row says; an empty cell changes nothing. A tag takes the place of the one of its group.',
});
export const ContactImportState = words(
  'ContactImportState',
  'How far an import of contacts is. More words may come: have a default branch.',
  {
    RUNNING: 'It waits for a server, or one is at it.',
    PAUSED:
      'Names in it are those of several employees: `resumeContactImport` says who is meant, `undoContactImport` gives it up. Nothing was done yet.',
    DONE: 'It came to its end.',
    REFUSED: 'All or nothing was asked for, and a row was rejected: nothing was done.',
    FAILED: 'It ended before its end, for the reasons in the errors of its job. What was done until then stays.',
    CANCELLED: 'Somebody ended it. What was done until then stays.',
    UNDOING: 'It is being taken back.',
    UNDONE: 'It was taken back; rows say what was kept, and why.',
  },
);
export const ContactImportRowState = words('ContactImportRowState', 'What became of a row; in a dry run, what would become of it.', {
  CREATED: 'A contact was added.',
  UPDATED: 'The contact of this phone was edited.',
  SKIPPED: 'The contact of this phone stayed as it is.',
  REJECTED: 'It was not taken, for its reasons.',
  UNDECIDED: 'A name in it is that of several employees: somebody has to say who is meant.',
  UNDONE: 'It was taken back.',
  KEPT: 'The import was taken back, but not this row, for its reasons.',
});
