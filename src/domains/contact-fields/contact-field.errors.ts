import { refusalType } from '../../sdk/index.ts';

export const contactFieldInUse = refusalType<{ usage: number }>('ContactFieldInUse', {
  description: 'Contacts have a value of the field: confirm their number (spec 3.10).',
  message: {
    en: 'Contacts have a value of this field. Confirm that they lose it.',
    'zh-CN': '仍有联系人填写了该字段，请确认删除。',
  },
  fields: { usage: { type: 'Int', description: 'How many contacts have a value: `confirmUsage` takes this number.' } },
});

export const contactFieldValuesDoNotFit = refusalType<{ usage: number; misfits: number }>('ContactFieldValuesDoNotFit', {
  description: 'Not every value that contacts have fits what the field is to be, so that it stays as it is (spec 3.10).',
  message: {
    en: 'Some values do not fit what the field is to be. Correct them first.',
    'zh-CN': '部分已有的值不符合新的字段设置，请先更正。',
  },
  fields: {
    usage: { type: 'Int', description: 'How many contacts have a value, those in the bin too.' },
    misfits: { type: 'Int', description: 'How many of these values do not fit.' },
  },
});

export const contactFieldValuesRewritten = refusalType<{ rewritten: number; from: string; to: string }>('ContactFieldValuesRewritten', {
  description: 'Values fit what the field is to be, and would read otherwise: confirm their number (spec 3.10).',
  message: {
    en: 'Some values would read otherwise. Confirm that they may.',
    'zh-CN': '部分已有的值更改后将显示为不同内容，请确认。',
  },
  fields: {
    rewritten: {
      type: 'Int',
      description: 'How many values would read otherwise, those of the bin too: `confirmRewritten` takes this number.',
    },
    from: { type: 'String', description: 'One of them, as it reads now.' },
    to: { type: 'String', description: 'How this one would read.' },
  },
});

export const contactFieldBuiltIn = refusalType('ContactFieldBuiltIn', {
  description: 'The field is one that all contacts have: it can be ordered, and some can be required, but nothing else (spec 3.10).',
  message: { en: 'This is a built-in field: that cannot be changed of it.', 'zh-CN': '这是内置字段，不能这样更改。' },
});
