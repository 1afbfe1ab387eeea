import { type Message, refusalType } from '../../sdk/index.ts';

/** Why a template cannot be published, or what of it should be looked at again. */
export interface TemplateReason {
  readonly code: string;
  /** From the draft: `['fields', '3', 'showWhen', 'all', '0']`. */
  readonly path: readonly string[];
  readonly message: Message;
  /** A case in which it happens. */
  readonly example?: Message;
}

export const templateNotPublishable = refusalType<{ reasons: readonly TemplateReason[] }>('TemplateNotPublishable', {
  description: 'The draft cannot be published as it is; every reason is listed, with a case in which it happens where there is one.',
  message: { en: 'This template cannot be published yet.', 'zh-CN': '该模板暂时无法发布。' },
  fields: { reasons: { type: '[FormTemplateReason]', description: 'Why not.' } },
});
export const templateHasOpenForms = refusalType<{ openForms: number }>('TemplateHasOpenForms', {
  description: 'Forms of the template are on their way. They go on by the version that they were filled in with, once you confirm it.',
  message: { en: 'Forms of this template are still on their way.', 'zh-CN': '该模板仍有流转中的单据。' },
  fields: { openForms: { type: 'Int', description: 'How many; counted up to 10,000.' } },
});

const reason =
  (code: string, message: Message) =>
  (path: readonly string[], example?: Message): TemplateReason => ({ code, path, message, ...(example ? { example } : {}) });

export const NO_FIELDS = reason('NO_FIELDS', { en: 'A form asks for at least one thing.', 'zh-CN': '表单至少需要一个字段。' });
export const UNKNOWN_FIELD = reason('UNKNOWN_FIELD', {
  en: 'The condition names a field that is not there.',
  'zh-CN': '条件引用了不存在的字段。',
});
export const FIELD_BELOW = reason('FIELD_BELOW', {
  en: 'A condition looks at fields above whatever hangs on it: not at itself, and at none below.',
  'zh-CN': '条件只能引用上方的字段，不能引用自身或下方的字段。',
});
export const NOT_COMPARABLE = reason('NOT_COMPARABLE', {
  en: 'Values of this field cannot be compared in this way.',
  'zh-CN': '该字段的值不能以此方式比较。',
});
export const WRONG_VALUE = reason('WRONG_VALUE', {
  en: 'What is compared with is no value of this field.',
  'zh-CN': '比较值不是该字段的有效取值。',
});
export const HIDDEN_FIELD = reason('HIDDEN_FIELD', {
  en: 'The customer would learn from this what a field holds that the customer may not read.',
  'zh-CN': '客户可由此推知其无权查看的字段内容。',
});
export const UNKNOWN_STEP = reason('UNKNOWN_STEP', {
  en: 'The field is written at a step that the route does not have.',
  'zh-CN': '该字段由流程中不存在的步骤填写。',
});
export const WRITTEN_LATER = reason('WRITTEN_LATER', {
  en: 'The condition looks at a field that is filled in only at this step or after it.',
  'zh-CN': '条件引用了在本步骤或之后才填写的字段。',
});
export const NOT_THE_CUSTOMERS = reason('NOT_THE_CUSTOMERS', {
  en: 'The customer is to fill in a field that the customer may not read.',
  'zh-CN': '客户需要填写其无权查看的字段。',
});
export const TWICE = reason('TWICE', { en: 'Two of them have the same name or id.', 'zh-CN': '存在重复的名称或编号。' });
export const ID_OF_ANOTHER_KIND = reason('ID_OF_ANOTHER_KIND', {
  en: 'A published version had a field of another kind by this name or id: give the new one another name, and no id.',
  'zh-CN': '已发布的版本中，此名称或标识属于另一类型的字段：请为新字段另取名称，且不填标识。',
});
export const FIELD_OF_ITS_KIND = reason('FIELD_OF_ITS_KIND', {
  en: 'The plugin of this kind of form needs this field as it is.',
  'zh-CN': '该类单据的应用需要此字段保持不变。',
});
export const NOT_ASKED_FOR = reason('NOT_ASKED_FOR', {
  en: 'Forms of this kind are handed in without this field, so it cannot be required.',
  'zh-CN': '此类单据提交时不含该字段，因此不能设为必填。',
});
export const OVERFLOWS = reason('OVERFLOWS', {
  en: 'The figure can become too large to be exact; give the columns greatest values, or take fewer lines.',
  'zh-CN': '计算结果可能过大而失去精度，请为各列设置最大值或减少行数。',
});
export const NOBODY_SUBMITS = reason('NOBODY_SUBMITS', {
  en: 'The template is for nobody: no contact and no employee could submit it.',
  'zh-CN': '该模板没有任何可提交的人。',
});
export const REACHES_NOBODY = reason('REACHES_NOBODY', {
  en: 'A form could come to a point where nobody can act on it.',
  'zh-CN': '表单可能流转到无人可处理的环节。',
});
export const NO_STEP = reason('NO_STEP', {
  en: 'A form could pass by every step: nobody would see it.',
  'zh-CN': '表单可能跳过所有步骤，无人经手。',
});
export const GONE = reason('GONE', { en: 'This employee has left.', 'zh-CN': '该员工已离职。' });
export const DEPARTMENT_GONE = reason('GONE', { en: 'This department is gone.', 'zh-CN': '该部门已不存在。' });
export const NEVER_HOLDS = reason('NEVER_HOLDS', { en: 'This condition never holds.', 'zh-CN': '该条件永远不成立。' });
export const ALWAYS_HOLDS = reason('ALWAYS_HOLDS', { en: 'This condition always holds.', 'zh-CN': '该条件始终成立。' });
export const WAITS_FOR_ADMIN = reason('WAITS_FOR_ADMIN', {
  en: 'Some forms would wait until an admin with FORMS takes them.',
  'zh-CN': '部分表单需等待拥有表单权限的管理员领取。',
});
