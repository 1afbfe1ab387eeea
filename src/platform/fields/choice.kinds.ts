import { builtIn, NOT_AN_OPTION, optionsOf, pathTo, takenText, type ValueKind } from '@guichet/forms';
import { tooMany } from '../input/input-faults.ts';
import type { Message } from '../language/language.ts';
import type { FieldDefinition, FieldOption, ReportFault } from './field.ts';
import { ID_TWICE, LABEL_TWICE, NO_OPTIONS, NO_PARENT } from './field-faults.ts';
import { type FieldKind, type FilledCell, fieldKind } from './field-kind.ts';
import { textTerm } from './text.kinds.ts';

export const MOST_OPTIONS = 500;
const MOST_LABEL = 200;
const SEPARATOR = /[;；、\n]/;
/** Between the levels of a cascade, as people read it. */
const LEVEL = ' / ';

function checkOptions({ options = [] }: FieldDefinition, report: ReportFault): void {
  if (options.length === 0) report(NO_OPTIONS, 'options');
  if (options.length > MOST_OPTIONS) report(tooMany(MOST_OPTIONS, options.length), 'options');
  else checkEachOption(options, report);
}

function checkEachOption(options: readonly FieldOption[], report: ReportFault): void {
  const ids = new Set<string>();
  const labels = new Set<string>();
  for (const [i, { id, label, parentId = '' }] of options.entries()) {
    const at: ReportFault = (fault, ...within) => report(fault, 'options', String(i), ...within);
    if (ids.has(id)) at(ID_TWICE, 'id');
    ids.add(id);
    const text = takenText(label, MOST_LABEL, (fault) => at(fault, 'label'));
    if (text === undefined) continue;
    if (text === '') at(NO_OPTIONS, 'label');
    const key = `${parentId}\n${textTerm(text)}`;
    if (labels.has(key)) at(LABEL_TWICE, 'label');
    labels.add(key);
  }
}

function checkCascade(field: FieldDefinition, report: ReportFault): void {
  checkOptions(field, report);
  const options = optionsOf(field);
  for (const [i, { id }] of (field.options ?? []).entries())
    if (pathTo(options, id).length === 0) report(NO_PARENT, 'options', String(i), 'parentId');
}

/** The option of that name, as people type it. */
const optionCalled = (typed: string, options: readonly FieldOption[]): FieldOption | undefined => {
  const key = textTerm(typed.trim());
  return options.find(({ label }) => textTerm(label) === key);
};
const LONGEST_CELL = 20_000;
function namesIn(cell: FilledCell, separator: RegExp | string): string[] {
  const typed = cell instanceof Date ? '' : String(cell).slice(0, LONGEST_CELL);
  return typed
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

interface ChoiceKind {
  readonly name: string;
  readonly called: Message;
  readonly settings: FieldKind['settings'];
  check(field: FieldDefinition, report: ReportFault): void;
  readonly between: string;
  find(cell: FilledCell, field: FieldDefinition): readonly (FieldOption | undefined)[];
}

const labelOf = (options: ReadonlyMap<string, FieldOption>, id: string): string => options.get(id)?.label ?? id;

/** Kept as the ids of what was chosen, so that an option may be renamed. */
const choiceKind = ({ name, called, settings, check, between, find }: ChoiceKind): FieldKind =>
  fieldKind<readonly string[]>({
    ...(builtIn(name) as ValueKind<readonly string[]>),
    called,
    settings,
    checkDefinition: check,
    text: (value, field) => value.map((id) => labelOf(optionsOf(field), id)).join(between),
    type: name === 'CHOICE' ? 'ChoiceValue' : 'ChoicesValue',
    facts(value, field) {
      const options = value.map((id) => ({ id, label: labelOf(optionsOf(field), id) }));
      return { option: options[0], options };
    },
    terms: (value) => value,
    term: (given) => (typeof given === 'string' ? given : undefined),
    read(cell, field, report) {
      const found = find(cell, field);
      if (found.length && found.every((option) => option !== undefined)) return { optionIds: found.map(({ id }) => id) };
      report(NOT_AN_OPTION);
      return undefined;
    },
  });

export const CHOICE_KINDS: readonly FieldKind[] = [
  choiceKind({
    name: 'CHOICE',
    called: { en: 'Choice', 'zh-CN': '单选' },
    settings: ['options'],
    check: checkOptions,
    between: '',
    find: (cell, { options = [] }) => [optionCalled(cell instanceof Date ? '' : String(cell).slice(0, LONGEST_CELL), options)],
  }),
  choiceKind({
    name: 'CHOICES',
    called: { en: 'Choices', 'zh-CN': '多选' },
    settings: ['options', 'most'],
    check: checkOptions,
    between: '; ',
    find: (cell, { options = [] }) => namesIn(cell, SEPARATOR).map((name) => optionCalled(name, options)),
  }),
  choiceKind({
    name: 'CASCADE',
    called: { en: 'Choice in levels', 'zh-CN': '级联选择' },
    settings: ['options'],
    check: checkCascade,
    between: LEVEL,
    find(cell, { options = [] }) {
      let above: string | undefined;
      return namesIn(cell, '/').map((name) => {
        const found = optionCalled(
          name,
          options.filter(({ parentId }) => parentId === above),
        );
        above = found?.id ?? '';
        return found;
      });
    },
  }),
];
