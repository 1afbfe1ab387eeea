import { refusalType } from '../../sdk/index.ts';

export const employeePhoneTaken = refusalType<{ existingEmployee: string | null }>('EmployeePhoneTaken', {
  description: 'The phone is that of another employee of the organization (spec 3.3).',
  message: { en: 'Another member of your organization has this phone.', 'zh-CN': '该号码已属于贵企业的其他员工。' },
  fields: { existingEmployee: { type: 'Employee', object: true, description: 'Whose it is, where you may read their phone.' } },
});
