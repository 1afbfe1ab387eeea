import {
  belongings,
  defineModule,
  departmentUses,
  formsService,
  provide,
  readMigrations,
  register,
  seenThroughStaff,
  timelineKinds,
} from '../../sdk/index.ts';
import { enterWindowFor } from '../service-window/index.ts';
import { bulkMutations } from './bulk-mutations.graphql.ts';
import { FormCompanyReader } from './company-access/company-access.entity.ts';
import { companyAccessTypes } from './company-access/company-access.graphql.ts';
import { endingOfAccess } from './company-access/company-access.service.ts';
import { COMPANY_ACCESS } from './company-access/company-access.words.ts';
import { puttingOff } from './due-time.service.ts';
import { dateEnds, typeAnswers } from './form.backfills.ts';
import { BusinessForm, FormComment, FormHistory, FormParticipant, FormTask, FormValue } from './form.entity.ts';
import { formTypes } from './form.graphql.ts';
import { formNotifications, formsOfNotifications } from './form.notifications.ts';
import { formActMutations } from './form-act-mutations.graphql.ts';
import { formAnswers } from './form-answers.ts';
import { openTasks } from './form-belongings.ts';
import { formComments } from './form-comment.graphql.ts';
import { purgeOfDrafts } from './form-draft.clock.ts';
import { FormDraft } from './form-draft.entity.ts';
import { draftTypes } from './form-draft.graphql.ts';
import { draftMutations } from './form-draft.mutations.ts';
import { endingOfForms } from './form-ending.service.ts';
import { enterFor } from './form-entrance.service.ts';
import { answerFiles } from './form-files.service.ts';
import { insideNotifications } from './form-inside.notifications.ts';
import { formInteraction } from './form-interaction.graphql.ts';
import { actsOfKinds } from './form-kind-acts.service.ts';
import { formSubscriptions } from './form-live.graphql.ts';
import { formMutations } from './form-mutations.graphql.ts';
import { pausing } from './form-pausing.ts';
import { refuseIncomplete, submitAmongColleagues, submitForm } from './form-submit.service.ts';
import { FormTemplate, FormTemplateContact, FormTemplateTag, FormTemplateVersion } from './form-template.entity.ts';
import { ensureTemplate } from './form-template.service.ts';
import { timeNotifications } from './form-time.notifications.ts';
import { formTransfers } from './form-transfer.graphql.ts';
import { formWords } from './form-words.ts';
import { governMutations } from './govern-mutations.graphql.ts';
import { form, standIn, task } from './permissions.ts';
import { standInRoles } from './stand-ins/stand-in.belongings.ts';
import { FormStandIn, FormStandInTemplate } from './stand-ins/stand-in.entity.ts';
import { standInTypes } from './stand-ins/stand-in.graphql.ts';
import { standInNotifications } from './stand-ins/stand-in.notifications.ts';
import { stepsOfDepartments } from './steps-of-departments.service.ts';
import { stuckForms } from './stuck.graphql.ts';
import { taskMutations } from './task-mutations.graphql.ts';
import { timeOfForms } from './time.clock.ts';
import { turnMutations } from './turn-mutations.graphql.ts';
import { withdrawInside } from './withdrawing.service.ts';

export const formsModule = defineModule({
  name: 'forms',
  version: '0.1.0',
  description: 'Business forms: from a customer through the approvers and back, live.',
  needs: ['transfers', 'working-time', 'fields', 'files', 'contacts', 'interactions', 'service-window', 'notifications'],
  entities: [
    FormTemplate,
    FormTemplateVersion,
    FormTemplateTag,
    FormTemplateContact,
    BusinessForm,
    FormValue,
    FormTask,
    FormParticipant,
    FormHistory,
    FormComment,
    FormDraft,
    FormStandIn,
    FormStandInTemplate,
    FormCompanyReader,
  ],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  backfills: [typeAnswers, dateEnds],
  rules: [...Object.values(form), ...Object.values(task), ...Object.values(standIn)],
  services: [
    provide(formsService, {
      enterWindow: enterFor,
      enterWindowFor,
      submit: (use, request) => submitForm(use, request),
      refuseIncomplete,
      submitInside: (use, request) => submitAmongColleagues(use, request, { approverId: request.approverId }),
      withdrawInside,
      ensureTemplate,
      ...actsOfKinds,
    }),
  ],
  registrations: [
    ...answerFiles,
    register(belongings, openTasks),
    register(belongings, standInRoles),
    register(departmentUses, stepsOfDepartments),
    ...standInNotifications,
    register(seenThroughStaff, { type: 'BusinessForm' }),
    ...formNotifications,
    ...timeNotifications,
    ...insideNotifications,
    register(timelineKinds, {
      kind: COMPANY_ACCESS,
      description: 'It was given the forms of its company’s other contacts, or no longer has them.',
    }),
  ],
  clocks: [endingOfForms, timeOfForms, purgeOfDrafts],
  listeners: [...pausing, ...endingOfAccess, puttingOff],
  types: (builder) => {
    formWords(builder);
    formTypes(builder);
    formAnswers(builder);
    formInteraction(builder);
    formTransfers(builder);
    formSubscriptions(builder);
    formComments(builder);
    draftTypes(builder);
    formMutations(builder);
    draftMutations(builder);
    formsOfNotifications(builder);
    formActMutations(builder);
    taskMutations(builder);
    turnMutations(builder);
    governMutations(builder);
    bulkMutations(builder);
    stuckForms(builder);
    standInTypes(builder);
    companyAccessTypes(builder);
  },
});
