import { announcement, notificationKind, notificationKinds, notificationSubjects, register } from '@guichet/sdk';

/** A technician is sent on a visit; ids are UUIDs. */
export const visitDispatched = announcement<{ visitId: string; technicianId: string }>('repair.visitDispatched');

/** Somebody without an account has reported that a customer's machine needs a repair; ids are UUIDs. */
export const repairReported = announcement<{ formId: string; contactId: string }>('repair.reported');

export const repairNotifications = [
  register(
    notificationKinds,
    notificationKind({
      kind: 'REPAIR_REPORTED',
      description: { en: 'A repair of a machine of yours was reported by its sticker.', 'zh-CN': '有人扫码为您的设备报修。' },
      for: ['CONTACT'],
      on: repairReported,
      about: { type: 'BusinessForm', id: ({ formId }) => formId },
      to: (_, { contactId }) => [{ id: contactId, kind: 'CONTACT' }],
      text: ({ count, subject }) => ({
        en: count > 1 ? `${count} repairs of your machines were reported.` : `A repair was reported: ${subject ?? 'look at your forms'}.`,
        'zh-CN': count > 1 ? `您的设备有 ${count} 项扫码报修。` : `您的设备有扫码报修：${subject ?? '请查看表单'}。`,
      }),
    }),
  ),
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
