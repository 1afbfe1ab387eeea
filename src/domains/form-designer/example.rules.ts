import type { FieldDefinition, FormValues, TemplateField } from '@guichet/forms';
import { digitsOf } from '@guichet/forms';
import type { Message } from '../../sdk/index.ts';

const NOTHING: Message = { en: 'Any form', 'zh-CN': '任意表单' };
const WORDS = { en: { true: 'yes', false: 'no' }, 'zh-CN': { true: '是', false: '否' } };

/** A case in words: what was filled in of the fields that make a difference. */
export function exampleOf(fields: readonly TemplateField[], values: FormValues): Message {
  const of = (language: 'en' | 'zh-CN'): string =>
    fields.flatMap((field) => (field.id in values ? partsOf(field, values[field.id], language) : [])).join(', ');
  return of('en') === '' ? NOTHING : { en: of('en'), 'zh-CN': of('zh-CN') };
}

function partsOf(field: TemplateField, value: unknown, language: 'en' | 'zh-CN'): string[] {
  const { totals } = (value as { totals?: FormValues } | null) ?? {};
  if (!totals) return [`${field.label} = ${told(field, value, language)}`];
  return (field.columns ?? []).flatMap((column) =>
    column.id in totals ? [`${field.label}: Σ ${column.label} = ${told(column, totals[column.id], language)}`] : [],
  );
}

function told({ options = [] }: FieldDefinition, value: unknown, language: 'en' | 'zh-CN'): string {
  if (typeof value === 'boolean') return WORDS[language][value ? 'true' : 'false'];
  if (Array.isArray(value)) return value.map((id) => options.find((option) => option.id === id)?.label ?? String(id)).join(' + ');
  if (typeof value !== 'object' || value === null) return String(value);
  const { amount, currency } = value as { amount: number; currency: string };
  const digits = digitsOf(currency);
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`;
}
