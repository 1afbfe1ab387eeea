import type { Step, TemplateBody, TemplateField } from '@guichet/forms';
import { fieldsOf } from '@guichet/forms';
import { conditionFaults, hiddenFaults } from './condition-faults.rules.ts';
import {
  FIELD_OF_ITS_KIND,
  ID_OF_ANOTHER_KIND,
  NO_FIELDS,
  NOBODY_SUBMITS,
  NOT_ASKED_FOR,
  NOT_THE_CUSTOMERS,
  type TemplateReason,
  TWICE,
  UNKNOWN_STEP,
  WRITTEN_LATER,
} from './template-reason.ts';

/** What a template has been. */
export interface Past {
  /** Fields of all published versions. */
  readonly published: readonly TemplateField[];
  /** Fields that a plugin's kind of form hands in itself; undefined where anybody may hand in its forms. */
  readonly ofKind: readonly TemplateField[] | undefined;
  /** Whatever hands its forms in takes values of the fields. */
  readonly takesValues: boolean;
}

/** What is wrong with a body by itself, whoever is in the organization. Kinds of field tell their own faults beside these. */
export function templateFaults(body: TemplateBody, past: Past): TemplateReason[] {
  const { fields, flow, audience } = body;
  const steps = flow.route === 'BY_HAND' ? [] : flow.route;
  const { contacts, employees } = audience;
  const isForNobody =
    !employees && (contacts === 'NONE' || (contacts !== 'ALL' && contacts.tagIds.length + contacts.contactIds.length === 0));
  return [
    ...(fields.length === 0 && !past.ofKind ? [NO_FIELDS(['fields'])] : []),
    ...fields.flatMap((field, i) => fieldFaults(field, fields, i, steps, past)),
    ...steps.flatMap((step, i) => stepFaults(step, fields, steps, i)),
    ...(past.ofKind ? kindFaults(fields, past.ofKind) : []),
    ...(isForNobody ? [NOBODY_SUBMITS(['audience'])] : []),
  ];
}

function fieldFaults(
  field: TemplateField,
  fields: readonly TemplateField[],
  at: number,
  steps: readonly Step[],
  { published, ofKind, takesValues }: Past,
): TemplateReason[] {
  const path = ['fields', String(at)];
  const { showWhen, requireWhen, writtenBy, readBy } = field;
  const above = fields.slice(0, at);
  const conditions = Object.entries({ showWhen, requireWhen }).flatMap(([name, condition]) =>
    condition
      ? [
          ...conditionFaults(condition, above, fields, [...path, name]),
          ...(readBy === 'EVERYBODY' ? hiddenFaults(condition, fields, [...path, name]) : []),
        ]
      : [],
  );
  const isOther = published.some(({ id, kind }) => id === field.id && kind !== field.kind);
  const isNew = !ofKind?.some(({ id }) => id === field.id);
  const ofSubmitter = writtenBy === 'SUBMITTER';
  return [
    ...conditions,
    ...(isOther ? [ID_OF_ANOTHER_KIND([...path, 'kind'])] : []),
    ...(ofSubmitter && readBy === 'STAFF' ? [NOT_THE_CUSTOMERS([...path, 'readBy'])] : []),
    ...(ofSubmitter
      ? []
      : writtenBy.stepIds.filter((id) => !steps.some((step) => step.id === id)).map(() => UNKNOWN_STEP([...path, 'writtenBySteps']))),
    ...(ofKind && !takesValues && isNew && ofSubmitter && (field.required || field.requireWhen)
      ? [NOT_ASKED_FOR([...path, 'required'])]
      : []),
  ];
}

function stepFaults(step: Step, fields: readonly TemplateField[], steps: readonly Step[], at: number): TemplateReason[] {
  const path = ['flow', 'steps', String(at)];
  const isTwice = steps.some(({ id, name }, i) => i < at && (id === step.id || name === step.name));
  const { when } = step;
  const late = new Set(steps.slice(at).map(({ id }) => id));
  const asked = when ? fields.filter(({ id }) => fieldsOf(when).has(id)) : [];
  const isLate = asked.some(({ writtenBy }) => writtenBy !== 'SUBMITTER' && writtenBy.stepIds.every((id) => late.has(id)));
  return [
    ...(isTwice ? [TWICE([...path, 'name'])] : []),
    ...(when ? conditionFaults(when, fields, fields, [...path, 'when']) : []),
    ...(isLate ? [WRITTEN_LATER([...path, 'when'])] : []),
  ];
}

/** A plugin's own fields stay as they are; their labels may change. */
const kindFaults = (fields: readonly TemplateField[], ofKind: readonly TemplateField[]): TemplateReason[] =>
  ofKind.flatMap((own) => {
    const at = fields.findIndex(({ id }) => id === own.id);
    const now = fields[at];
    const isThere = now && now.name === own.name && now.kind === own.kind && now.required === own.required && now.writtenBy === 'SUBMITTER';
    return isThere ? [] : [FIELD_OF_ITS_KIND(at < 0 ? ['fields'] : ['fields', String(at)])];
  });
