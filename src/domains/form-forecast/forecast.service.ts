import { holds, shownForm } from '@guichet/forms';
import type { GivenValue } from '../../sdk/core.ts';
import { badRequest, type FieldContext, forbidden, lookingAs, Refusal, type StoredValues, type UseCase } from '../../sdk/index.ts';
import { contact, contacts } from '../contacts/index.ts';
import { kindsOf } from '../fields/index.ts';
import { draftedBody } from '../form-designer/index.ts';
import {
  bodyOf,
  form,
  formTemplates,
  formTemplateVersions,
  nextSteps,
  peopleFor,
  refuseOutsideAudience,
  type TemplateBody,
  type TemplateField,
} from '../forms/index.ts';
import { organizationOf } from '../organization/index.ts';
import { type ForecastStep, toldStops } from './forecast.rules.ts';
import { formForecast } from './permissions.ts';

export interface ForecastAsked {
  readonly templateId: string;
  readonly values: readonly GivenValue[];
  /** UUID; undefined: for nobody in particular. */
  readonly contactId?: string;
  /** By the draft, instead of what is published. */
  readonly ofDraft: boolean;
}
export interface Forecast {
  readonly steps: readonly ForecastStep[];
  readonly pickedByHand: boolean;
}

/** Reads, holds nothing and writes nothing. Null: there is no such template, contact, or way from one to the other. */
export async function forecast({ switchboard, seat }: FieldContext, asked: ForecastAsked): Promise<Forecast | null> {
  return switchboard.service(lookingAs).look(seat, async (use) => {
    const owner = await ownerFor(use, asked);
    const body = owner && (await bodyFor(use, asked));
    if (!owner || !body) return null;
    const values = await valuesOf(use, body.fields, asked.values);
    const people = await peopleFor(use, body.flow, owner.id, asked.templateId, { held: false });
    const pickedByHand = body.flow.route === 'BY_HAND';
    const submitterId = asked.contactId === undefined || pickedByHand ? undefined : seat.id; // nobody approves on a fixed route what they hand in
    const asking = { ...body, submitterId, isOfNobody: asked.contactId === undefined, people };
    return { steps: toldStops(nextSteps(body.flow, values, people, holds), asking), pickedByHand };
  });
}

/** Whoever answers for the contact; undefined: nothing is told. @throws FORBIDDEN where it is seen and not theirs to submit for */
async function ownerFor(use: UseCase, { templateId, contactId }: ForecastAsked): Promise<{ readonly id: string | null } | undefined> {
  if (!(await use.may('FormTemplate', templateId, form.designed))) return undefined;
  if (contactId === undefined) {
    if (!(await use.may('FormTemplate', templateId, form.design))) throw forbidden(formForecast.read);
    return { id: null };
  }
  if (!(await use.may('Contact', contactId, contact.actFor))) {
    if (await use.may('Contact', contactId, contact.seen)) throw forbidden(contact.actFor);
    return undefined;
  }
  const [isFor, found] = [
    await isInAudience(use, { templateId, contactId }),
    await use.on(contacts).selectFrom('contacts').select('owner_id').where('id', '=', contactId).executeTakeFirst(),
  ];
  return isFor && found ? { id: found.owner_id } : undefined;
}

const isInAudience = (use: UseCase, asked: { readonly templateId: string; readonly contactId: string }): Promise<boolean> =>
  refuseOutsideAudience(use, asked).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false;
      throw error;
    },
  );

/** @throws FORBIDDEN where a draft is asked for by somebody who does not design */
async function bodyFor(use: UseCase, { templateId, ofDraft }: ForecastAsked): Promise<TemplateBody | undefined> {
  if (!ofDraft) return publishedBody(use, templateId);
  if (!(await use.may('FormTemplate', templateId, form.design))) throw forbidden(form.design);
  return draftedBody(use, templateId);
}

/** Of what forms are filled in by now; undefined where nothing is published, or it is switched off. */
async function publishedBody(use: UseCase, templateId: string): Promise<TemplateBody | undefined> {
  const found = await use
    .on(formTemplates, formTemplateVersions)
    .selectFrom('form_templates as template')
    .innerJoin('form_template_versions as version', (join) =>
      join.onRef('version.template_id', '=', 'template.id').onRef('version.version', '=', 'template.current_version'),
    )
    .select(['fields', 'with_confirmation', 'flow', 'audience', 'version.number_prefix'])
    .where('template.id', '=', templateId)
    .where('template.deleted_at', 'is', null)
    .executeTakeFirst();
  return found && bodyOf(found);
}

/** @throws BAD_REQUEST with the first thing that is wrong */
async function valuesOf(use: UseCase, fields: readonly TemplateField[], given: readonly GivenValue[]): Promise<StoredValues> {
  const { country } = await organizationOf(use);
  const taken = kindsOf(use).take(fields, given, { country, path: ['values'], mayWrite: () => true, isRequired: () => false });
  const [issue] = taken.issues;
  if (issue) {
    const told = (of: 'en' | 'zh-CN'): string =>
      `${issue.path.join('.')}: ${typeof issue.message === 'string' ? issue.message : issue.message[of]}`;
    throw badRequest({ en: told('en'), 'zh-CN': told('zh-CN') });
  }
  return shownForm(fields, taken.values).values as StoredValues;
}
