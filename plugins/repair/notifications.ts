import { announcement, notificationKind, notificationKinds, notificationSubjects, register } from '@guichet/sdk';

/** A technician is sent on a visit; ids are UUIDs. */
export const visitDispatched = announcement<{ visitId: string; technicianId: string }>('repair.visitDispatched');

export const repairNotifications = [
  register(notificationSubjects, { type: 'RepairVisit' }),
  register(
    notificationKinds,
    notificationKind({
      kind: 'REPAIR_VISIT_SENT',
      description: { en: 'You are sent on a visit.', 'zh-CN': '有新的上门任务派给您。' },
      on: visitDispatched,
      about: { type: 'RepairVisit', id: ({ visitId }) => visitId },
      to: (_, { technicianId }) => [{ id: technicianId, kind: 'EMPLOYEE' }],
      text: ({ count }) => ({
        en: count > 1 ? `You are sent on ${count} visits.` : 'You are sent on a visit.',
        'zh-CN': count > 1 ? `有 ${count} 个新的上门任务派给您。` : '有新的上门任务派给您。',
      }),
    }),
  ),
];
