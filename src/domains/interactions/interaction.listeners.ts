import {
  contactInvited,
  contactLeftWindow,
  contactOwnerChanged,
  contactShared,
  contactTagged,
  contactUnshared,
  listen,
} from '../../sdk/index.ts';
import { noteInteraction } from './interaction.service.ts';

// What those inside do with a contact stands on its timeline, and is no business with the contact: its last interaction stays.

export const interactionListeners = [
  listen(contactShared, async (use, { contactId, employeeId, departmentId, until }) => {
    noteInteraction(use, {
      contactId,
      kind: 'SHARE',
      employeeId,
      departmentId,
      added: true,
      detail: until ? { until: until.toISOString() } : {},
    });
  }),
  listen(contactUnshared, async (use, { contactId, employeeId, departmentId }) => {
    noteInteraction(use, { contactId, kind: 'SHARE', employeeId, departmentId, added: false });
  }),
  listen(contactOwnerChanged, async (use, { contactId, from, to }) => {
    noteInteraction(use, { contactId, kind: 'OWNER', employeeId: from, otherEmployeeId: to });
  }),
  listen(contactInvited, async (use, { contactId }) => {
    noteInteraction(use, { contactId, kind: 'WINDOW', added: true });
  }),
  listen(contactLeftWindow, async (use, { contactId }) => {
    noteInteraction(use, { contactId, kind: 'WINDOW', added: false });
  }),
  listen(contactTagged, async (use, { contactId, tagId, added }) => {
    noteInteraction(use, { contactId, kind: 'TAG', tagId, added });
  }),
];
