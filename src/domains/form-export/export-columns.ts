import { defineSheet, type Sheet, type SheetChoice, type SheetColumn } from '../../sdk/core.ts';
import type { Message } from '../../sdk/index.ts';

/** A field as the versions of a template have it. */
export interface ExportedField {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly currency: string | null;
  readonly columns?: readonly ExportedField[];
}
export interface ExportPlan {
  /** Forms first, then one for each field of line items. */
  readonly sheets: readonly Sheet[];
  /** Fields of the template by their ids, with what the newest version that has them calls them. */
  readonly fields: ReadonlyMap<string, ExportedField>;
  /** Places of worksheets, by the ids of fields of line items. */
  readonly lines: ReadonlyMap<string, number>;
}
/** Columns of fields stand beside the form's own. */
export const fieldKey = (id: string): string => `field:${id}`;

const text = (en: string, zh: string, width = 18): SheetColumn => ({ header: { en, 'zh-CN': zh }, kind: 'TEXT', width });
const choice = (value: string, en: string, zh: string): SheetChoice => ({ value, name: { en, 'zh-CN': zh } });
const STATES: readonly SheetChoice[] = [
  choice('DRAFT', 'Draft', '草稿'),
  choice('IN_REVIEW', 'In review', '审批中'),
  choice('AWAITING_CONFIRMATION', 'Awaiting confirmation', '待确认'),
  choice('NEEDS_CORRECTION', 'Needs correction', '待修改'),
  choice('COMPLETED', 'Completed', '已完成'),
  choice('REJECTED', 'Rejected', '已拒绝'),
  choice('WITHDRAWN', 'Withdrawn', '已撤回'),
  choice('ENDED', 'Ended', '已终止'),
];
const NUMBER = text('Number', '编号', 20);
const OWN = {
  number: NUMBER,
  template: text('Template', '模板'),
  state: { header: { en: 'State', 'zh-CN': '状态' }, kind: 'CHOICE', choices: STATES, width: 18 },
  contact: text('Contact', '联系人'),
  company: text('Company', '公司', 24),
  handlers: text('Handled by', '处理人', 24),
  submittedAt: text('Submitted at', '提交时间'),
  endedAt: text('Ended at', '结束时间'),
} satisfies Record<string, SheetColumn>;
const NAME: Message = { en: 'Forms', 'zh-CN': '业务表单' };

/** What can be counted with: it is a figure in the file, not text. */
const COUNTED: ReadonlySet<string> = new Set(['NUMBER', 'MONEY']);

function columnOf({ label, kind, currency }: ExportedField): SheetColumn {
  const header = kind === 'MONEY' && currency ? `${label} (${currency})` : label;
  return {
    header: { en: header, 'zh-CN': header },
    kind: COUNTED.has(kind) ? 'INTEGER' : kind === 'DATE' ? 'DATE' : 'TEXT',
    width: kind === 'PARAGRAPH' || kind === 'LINES' ? 40 : 18,
  };
}

/** @param versions of the template, the newest first; none where forms of all templates are exported */
export function plannedSheets({ versions }: { readonly versions: readonly (readonly ExportedField[])[] }): ExportPlan {
  const fields = new Map<string, ExportedField>();
  for (const version of versions)
    for (const field of version) {
      const known = fields.get(field.id);
      if (!known) fields.set(field.id, field);
      else if (field.columns?.length) fields.set(field.id, withColumns(known, field.columns));
    }
  const asked = [...fields.values()].filter(({ kind }) => kind !== 'EXPLANATION');
  const own = Object.fromEntries(asked.map((field) => [fieldKey(field.id), columnOf(field)]));
  const itemized = asked.filter(({ kind }) => kind === 'LINES');
  return {
    sheets: [defineSheet({ name: NAME, columns: { ...OWN, ...own } }), ...itemized.map(lineSheet)],
    fields,
    lines: new Map(itemized.map(({ id }, i) => [id, i + 1])),
  };
}

const withColumns = (known: ExportedField, older: readonly ExportedField[]): ExportedField => ({
  ...known,
  columns: [...(known.columns ?? []), ...older.filter(({ id }) => !known.columns?.some((one) => one.id === id))],
});

const lineSheet = ({ label, columns = [] }: ExportedField): Sheet =>
  defineSheet({
    name: { en: label, 'zh-CN': label },
    columns: {
      number: NUMBER,
      line: text('Line', '行', 8),
      ...Object.fromEntries(columns.map((column) => [fieldKey(column.id), columnOf(column)])),
    },
  });
