import { type GuichetBuilder, type Issue, input } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import type { Comparison } from '../forms/index.ts';
import { FormComparison } from './form-designer.words.ts';

/** A condition as it was sent: of one place in the tree. */
export interface GivenCondition {
  readonly all?: readonly GivenCondition[] | null;
  readonly any?: readonly GivenCondition[] | null;
  readonly not?: GivenCondition | null;
  readonly field?: string | null;
  readonly total?: string | null;
  readonly op?: Comparison | null;
  readonly text?: string | null;
  readonly number?: number | null;
  readonly money?: input.MoneyValue | null;
  readonly date?: string | null;
  readonly optionIds?: readonly string[] | null;
  readonly employeeId?: string | null;
  readonly yes?: boolean | null;
}
export const CONDITION_VALUES = ['text', 'number', 'money', 'date', 'optionIds', 'employeeId', 'yes'] as const;
const KINDS = ['all', 'any', 'not', 'field'] as const;
const MOST_LEVELS = 5;
const MOST_PARTS = 50;
const MOST_CHARACTERS = 500;

const texts = input.text('', { max: MOST_CHARACTERS });
const employee = input.id('Employee', '');

/** A condition in an input: a tree, so it holds itself. Its bounds are told before anything of it is looked at. */
export const conditionInput = (description: string): input.InputField<GivenCondition> => ({
  type: 'FormConditionInput',
  required: true,
  description,
  bound: `At most ${MOST_LEVELS} levels and ${MOST_PARTS} parts.`,
  parse: (given, path, report) => {
    const condition = given as GivenCondition;
    const { depth, parts } = sizeOf(condition, MOST_LEVELS + 1);
    if (depth > MOST_LEVELS) report({ path, ...TOO_DEEP });
    else if (parts > MOST_PARTS) report({ path, ...tooMany(parts) });
    else return taken(condition, path, report);
    return {};
  },
});
const listOfConditions = (description: string): input.InputField<readonly GivenCondition[]> => ({
  ...(conditionInput(description) as unknown as input.InputField<readonly GivenCondition[]>),
  type: '[FormConditionInput]',
});

/** Employees that a condition compares with, each with where it is named. */
export const employeesIn = (condition: GivenCondition | undefined, path: readonly string[]): { id: string; path: readonly string[] }[] => {
  if (!condition) return [];
  const { all, any, not, employeeId } = condition;
  return [
    ...(employeeId ? [{ id: employeeId, path: [...path, 'employeeId'] }] : []),
    ...(all ?? []).flatMap((one, i) => employeesIn(one, [...path, 'all', String(i)])),
    ...(any ?? []).flatMap((one, i) => employeesIn(one, [...path, 'any', String(i)])),
    ...employeesIn(not ?? undefined, [...path, 'not']),
  ];
};

/** What is wrong with a condition that came in another way than an input: its size, and what it is of. */
export function conditionFaultsOf(condition: GivenCondition, path: readonly string[]): Issue[] {
  const { depth, parts } = sizeOf(condition, MOST_LEVELS + 1);
  if (depth > MOST_LEVELS) return [{ path, ...TOO_DEEP }];
  if (parts > MOST_PARTS) return [{ path, ...tooMany(parts) }];
  const issues: Issue[] = [];
  taken({ ...condition, employeeId: undefined }, path, (issue) => issues.push(issue));
  return issues;
}

const partsOf = ({ all, any, not }: GivenCondition): readonly GivenCondition[] => [...(all ?? []), ...(any ?? []), ...(not ? [not] : [])];
function sizeOf(condition: GivenCondition, left: number): { readonly depth: number; readonly parts: number } {
  if (left === 0) return { depth: 1, parts: 1 };
  const sizes = partsOf(condition).map((part) => sizeOf(part, left - 1));
  return { depth: 1 + Math.max(0, ...sizes.map(({ depth }) => depth)), parts: 1 + sizes.reduce((sum, { parts }) => sum + parts, 0) };
}

type Report = (issue: Issue) => void;
function taken(condition: GivenCondition, path: readonly string[], report: Report): GivenCondition {
  const { all, any, not } = condition;
  if (KINDS.filter((kind) => condition[kind] != null).length !== 1) report({ path, ...ONE_OF });
  if (condition.op == null && CONDITION_VALUES.some((name) => condition[name] != null)) report({ path: [...path, 'op'], ...NO_OP });
  const each = (name: 'all' | 'any') => condition[name]?.map((one, i) => taken(one, [...path, name, String(i)], report));
  const words = (name: 'field' | 'total' | 'text') =>
    condition[name] == null ? undefined : texts.parse(condition[name], [...path, name], report);
  return {
    ...condition,
    ...(all ? { all: each('all') } : {}),
    ...(any ? { any: each('any') } : {}),
    not: not && taken(not, [...path, 'not'], report),
    field: words('field'),
    total: words('total'),
    text: words('text'),
    optionIds: condition.optionIds?.map((one, i) => texts.parse(one, [...path, 'optionIds', String(i)], report)),
    employeeId: condition.employeeId == null ? undefined : employee.parse(condition.employeeId, path, report),
  };
}

const TOO_DEEP = {
  code: 'TOO_DEEP',
  message: { en: `A condition has at most ${MOST_LEVELS} levels.`, 'zh-CN': `条件最多嵌套 ${MOST_LEVELS} 层。` },
};
const tooMany = (parts: number) => ({
  code: 'TOO_MANY',
  message: {
    en: `A condition has at most ${MOST_PARTS} parts; this has ${parts}.`,
    'zh-CN': `条件最多 ${MOST_PARTS} 个部分，现有 ${parts} 个。`,
  },
});
const NO_OP = {
  code: 'NO_OP',
  message: {
    en: 'Say how it is compared with the value, such as EQ. Without op and value it holds where the field is filled in.',
    'zh-CN': '请说明如何与该值比较，例如 EQ。不填 op 和值时，字段已填写即成立。',
  },
};
const ONE_OF = {
  code: 'ONE_OF',
  message: {
    en: 'Give exactly one of all, any, not and field.',
    'zh-CN': '请在 all、any、not、field 中只填写一项。',
  },
};

export function conditionInputs(builder: GuichetBuilder): void {
  builder.inputType('FormConditionInput', {
    description: 'A condition as it is drafted: exactly one of `all`, `any`, `not`, or a field with a comparison and one value.',
    fields: (t) => ({
      all: t.parsed(listOfConditions('All of these hold.'), { required: false }),
      any: t.parsed(listOfConditions('At least one of these holds.'), { required: false }),
      not: t.parsed(conditionInput('This does not hold.'), { required: false }),
      field: t.text({ description: 'Name of a field above whatever hangs on the condition.', required: false, max: MOST_CHARACTERS }),
      total: t.text({
        description: 'Of line items: name of a summed column, whose total is compared.',
        required: false,
        max: MOST_CHARACTERS,
      }),
      op: t.choice(FormComparison, {
        description: 'How it is compared; without a value it may be left out, and holds where the field is filled in.',
        required: false,
      }),
      text: t.text({ description: 'A text.', required: false, max: MOST_CHARACTERS }),
      number: t.float({ description: 'A number.' }),
      money: t.money({ description: 'An amount.', required: false, least: Number.MIN_SAFE_INTEGER }),
      date: t.day({ description: 'A day.', required: false }),
      optionIds: t.stringList({ description: 'Choices, by their ids or by what they say: one for `EQ` and `NE`, several for `IN`.' }),
      employeeId: t.globalId(Employee, { description: 'An employee.', required: false }),
      yes: t.flag({ description: 'Yes or no.', required: false }),
    }),
  });
}
