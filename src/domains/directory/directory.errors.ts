import { type DepartmentUse, type HiringChoice, type Message, refusalType } from '../../sdk/index.ts';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

interface StillThere {
  readonly members: number;
  readonly departments: number;
  readonly rightHolders: readonly string[];
  readonly shares: number;
  readonly uses: readonly DepartmentUse[];
}
const inIt = ({ members, departments }: StillThere): Message => ({
  en: `Still in this department: ${counted(members, 'member')}, ${counted(departments, 'department')} right below it.`,
  'zh-CN': `该部门下仍有 ${members} 名成员、${departments} 个直属下级部门。`,
});
/** Whoever reads it knows what to do next. */
function forIt({ rightHolders, shares, uses }: StillThere): Message {
  const held = rightHolders.length
    ? [
        {
          en: `rights of ${rightHolders.join(', ')} (\`revokeAdminRight\`)`,
          'zh-CN': `${rightHolders.join('、')} 的管理权限（revokeAdminRight）`,
        },
      ]
    : [];
  const shared = shares
    ? [
        {
          en: `${counted(shares, 'share')} of contacts (\`endShares\` ends them)`,
          'zh-CN': `${shares} 个联系人共享（可用 endShares 结束）`,
        },
      ]
    : [];
  const all = [...held, ...shared, ...uses.map(({ message }) => message)];
  const other = { en: 'something of an app', 'zh-CN': '某个应用的数据' };
  const named = all.length ? all : [other];
  return {
    en: `Nobody is in this department any more, but this is for it: ${named.map(({ en }) => en).join('; ')}.`,
    'zh-CN': `该部门下已无成员，但以下内容仍针对该部门：${named.map((one) => one['zh-CN']).join('；')}。`,
  };
}

export const departmentNotEmpty = refusalType<StillThere>('DepartmentNotEmpty', {
  description: 'A department is removed when nobody and nothing is in it any more (spec 10.1).',
  message: (there) => (there.members + there.departments > 0 ? inIt(there) : forIt(there)),
  fields: {
    members: { type: 'Int', description: 'How many are its members.' },
    departments: { type: 'Int', description: 'How many departments are right below it.' },
    rightHolders: {
      type: '[String]',
      description: 'Names of those who hold admin rights for it, once nobody is in it: rights are taken back one by one.',
    },
    shares: { type: 'Int', description: 'How many shares of contacts with it are in force, once nobody is in it: `endShares` ends them.' },
    uses: { type: '[DepartmentUse]', description: 'What else is for it and in force, once nobody is in it: it is ended where it is kept.' },
  },
});

export const departmentCycle = refusalType('DepartmentCycle', {
  description: 'A department cannot stand below itself.',
  message: { en: 'A department cannot be moved below itself.', 'zh-CN': '部门不能移动到自身之下。' },
});

export const supervisorNotMember = refusalType<{ employees: readonly string[]; departmentName: string }>('SupervisorNotMember', {
  description: 'A supervisor is a member of the department (spec 2.2).',
  message: ({ employees, departmentName }) => ({
    en: `Not in the department ${departmentName}: ${employees.join(', ')}.`,
    'zh-CN': `以下人员不是部门“${departmentName}”的成员：${employees.join('、')}。`,
  }),
  fields: {
    employees: { type: '[String]', description: 'Names of those who are no members.' },
    departmentName: { type: 'String', description: 'Name of the department.' },
  },
});

export const rightNotYours = refusalType<{ right: string; departments: readonly string[] }>('RightNotYours', {
  description:
    'A right is granted and taken as far as one’s own goes, and never one’s own (spec 2.3b): that is what was asked for, or somebody would get as much by it. The message says what it is about, and what would be needed.',
  message: {
    en: 'You may grant and take rights only as far as you hold them, and never your own.',
    'zh-CN': '您只能在自身权限范围内授予或收回权限，且不能更改自己的权限。',
  },
  fields: {
    right: { type: 'AdminRight', description: 'The right that it is about.' },
    departments: {
      type: '[String]',
      description: 'Names of the departments that it would be granted or taken for; none for the whole organization.',
    },
  },
});

export const lastAdmin = refusalType<{ right: string }>('LastAdmin', {
  description: 'Somebody holds DIRECTORY, and somebody CONTACTS, for the whole organization, always (spec 2.3b).',
  message: {
    en: 'This is the last admin with this right for the whole organization. Grant it to somebody else first.',
    'zh-CN': '这是最后一位拥有该全企业权限的管理员，请先授予他人。',
  },
  fields: { right: { type: 'AdminRight', description: 'The right that nobody else holds.' } },
});

export const phoneBelongsToContact = refusalType<{ choices: readonly HiringChoice[]; existingContact: string | null }>(
  'PhoneBelongsToContact',
  {
    description: 'The phone is that of a contact of the organization: say what becomes of the contact (spec 3.3).',
    message: {
      en: 'This phone belongs to a contact of your organization. Say what becomes of the contact.',
      'zh-CN': '该号码属于贵企业的外部联系人，请选择处理方式。',
    },
    fields: {
      choices: { type: '[HiringChoice]', description: 'What you may choose, as `onContact`.' },
      existingContact: { type: 'Contact', object: true, description: 'The contact, where you find it anyway.' },
    },
  },
);

export const employeePhoneTaken = refusalType<{ existingEmployee: string | null }>('EmployeePhoneTaken', {
  description: 'The phone is that of another employee of the organization (spec 3.3).',
  message: { en: 'Another member of your organization has this phone.', 'zh-CN': '该号码已属于贵企业的其他员工。' },
  fields: { existingEmployee: { type: 'Employee', object: true, description: 'Whose it is, where you may read their phone.' } },
});

export const phoneFollowsAccount = refusalType<{ own: boolean }>('PhoneFollowsAccount', {
  description: 'Somebody has signed in with this phone as this contact or employee: it changes when they change it themselves (spec 3.7).',
  message: ({ own }) =>
    own
      ? {
          en: 'You sign in with this phone: change it by `changeMyPhone`, which sends a code to the new one.',
          'zh-CN': '您使用该号码登录：请通过 changeMyPhone 更换，系统会向新号码发送验证码。',
        }
      : {
          en: 'They have signed in with this phone: it changes when they change it themselves.',
          'zh-CN': '对方已使用该号码登录，号码须由本人更换。',
        },
  fields: { own: { type: 'Boolean', description: 'Whether it is your own: `changeMyPhone` is the way.' } },
});

export const directoryConflictSettled = refusalType<{ conflict: string }>('DirectoryConflictSettled', {
  description: 'Somebody has settled this conflict already, or it has settled itself.',
  message: { en: 'This conflict is settled already.', 'zh-CN': '该冲突已处理。' },
  fields: { conflict: { type: 'DirectoryConflict', object: true, description: 'The conflict as it is now.' } },
});
