import { defineSheet, type ReadRow } from '../../sdk/core.ts';
import type { StaffRecord } from './staff-record.ts';

/** The staff as a table: the template, what is read, and what is given back (spec 10.1). */
export const STAFF_SHEET = defineSheet({
  name: { en: 'Staff', 'zh-CN': '员工' },
  columns: {
    staffNumber: {
      header: { en: 'Staff number', 'zh-CN': '工号' },
      alsoCalled: ['Employee number', '员工编号'],
      kind: 'TEXT',
      isName: true,
      required: true,
      most: 50,
      width: 14,
      example: { en: '00017', 'zh-CN': '00017' },
      about: {
        en: 'Whoever has this number is edited; whoever is new is added.',
        'zh-CN': '已有该工号的员工将被更新，否则新增。',
      },
    },
    name: {
      header: { en: 'Name', 'zh-CN': '姓名' },
      alsoCalled: ['Real name', '真实姓名'],
      kind: 'TEXT',
      isName: true,
      required: true,
      most: 100,
      width: 16,
      example: { en: 'Wang Wei', 'zh-CN': '王伟' },
    },
    phone: {
      header: { en: 'Phone', 'zh-CN': '手机号' },
      alsoCalled: ['Mobile', '手机', '电话'],
      kind: 'PHONE',
      width: 20,
      example: { en: '+86 138 0000 0001', 'zh-CN': '13800000001' },
      about: {
        en: 'The mobile that they sign in with. Required for whoever is new; of others it is not changed.',
        'zh-CN': '登录所用手机号。新增员工必填；已有员工的号码不会被修改。',
      },
    },
    nickname: { header: { en: 'Nickname', 'zh-CN': '昵称' }, kind: 'TEXT', isName: true, most: 100 },
    position: { header: { en: 'Position', 'zh-CN': '职位' }, kind: 'TEXT', most: 100 },
    departments: {
      header: { en: 'Departments', 'zh-CN': '部门' },
      alsoCalled: ['Department'],
      kind: 'TEXT',
      isName: true,
      several: true,
      width: 32,
      example: { en: 'Sales/East; Training', 'zh-CN': '销售部/华东；培训部' },
      about: {
        en: 'By path. They must be there already. The first one is the main one, unless another is named.',
        'zh-CN': '以“/”分隔的部门路径，须已存在。第一个为主部门，除非另行指定。',
      },
    },
    mainDepartment: { header: { en: 'Main department', 'zh-CN': '主部门' }, kind: 'TEXT', isName: true, width: 24 },
    supervises: {
      header: { en: 'Supervises', 'zh-CN': '负责部门' },
      kind: 'TEXT',
      isName: true,
      several: true,
      width: 24,
      about: { en: 'Departments of theirs that they supervise.', 'zh-CN': '其所在部门中由其担任主管的部门。' },
    },
    seniorSince: { header: { en: 'Senior since', 'zh-CN': '入职日期' }, kind: 'DATE', width: 14 },
    nameVerified: { header: { en: 'Name verified', 'zh-CN': '实名已核实' }, kind: 'BOOLEAN', width: 14 },
  },
});
export type StaffRow = ReadRow<typeof STAFF_SHEET.columns>;

/** Undefined for a row with something wrong in it. */
export const recordOf = ({ row, values }: StaffRow): StaffRecord | undefined => values && { row, ...values };
