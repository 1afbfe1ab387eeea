import { refusalType } from '../../sdk/index.ts';

export const employeeAlreadyLeft = refusalType<{ employee: string }>('EmployeeAlreadyLeft', {
  description: 'The employee has left already: what they had has changed hands.',
  message: { en: 'This employee has left already.', 'zh-CN': '该员工已离职。' },
  fields: { employee: { type: 'Employee', object: true, description: 'The employee as it is now.' } },
});

export const TRANSFER_FAULTS = {
  ALREADY_UNDONE: 'It was taken back already.',
  TOO_LATE: 'It is older than 24 hours.',
} as const;
export const transferNotUndoable = refusalType<{ transfer: string; reason: keyof typeof TRANSFER_FAULTS }>('TransferNotUndoable', {
  description: 'The transfer cannot be taken back, or no longer (spec 3.15).',
  message: { en: 'This transfer cannot be taken back any more.', 'zh-CN': '该转移已无法撤销。' },
  fields: {
    transfer: { type: 'Transfer', object: true, description: 'The transfer as it is now.' },
    reason: { type: 'TransferFault', description: 'Why not.' },
  },
});
