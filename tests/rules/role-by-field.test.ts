import { type GraphQLObjectType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultDocumentLimits } from '../../src/platform/documents/index.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { expectationsOf } from './expected.roles.ts';
import { ownFieldsWithoutRows, rowTypes, SURFACES } from './printed.rules.ts';
import { Comparison } from './role-by-field.comparison.ts';
import { deepQuestion, fieldsOf, flatQuestion, straightQuestion } from './role-by-field.questions.ts';
import { type Thing, thingsOf } from './rows.fixture.ts';
import { CUSTOMERS, FOREIGN, makeWorld, type SeatName, STAFF, surfaceOf, type World } from './world.fixture.ts';

// The documents are made from the schema and are longer than a client's may be; a seat is refused thousands of fields.
const limits = { errors: 10_000, documents: { ...defaultDocumentLimits, tokens: 20_000, bytes: 200_000 } };
const SECONDS = 1_000;

let server: TestServer;
let world: World;
let things: ReadonlyMap<string, Thing>;
beforeAll(async () => {
  server = await startTestServer({ limits });
  world = await makeWorld(server);
  things = await thingsOf(server);
});
afterAll(() => server.stop());

const isForeign = (seat: SeatName): boolean => (FOREIGN as readonly string[]).includes(seat);
const isOurs = ({ organizationId }: Thing): boolean => organizationId === world.ours.id;
/** Rows that differ in what they hang on. */
const samplesOf = (all: readonly Thing[]): Thing[] => [
  ...new Map(all.filter(isOurs).map((thing) => [thing.formId ?? thing.contactId ?? thing.employeeId, thing])).values(),
];

async function askEverything(comparison: Comparison, seat: SeatName): Promise<void> {
  for (const type of rowTypes(SURFACES[surfaceOf(seat)]).values()) {
    const all = [...things.values()].filter((thing) => thing.type === type.name && (isOurs(thing) || !isForeign(seat)));
    await askAtOnce(comparison, seat, flatQuestion(type), all, false);
    const beneath = deepQuestion(SURFACES[surfaceOf(seat)], type);
    if (beneath) await askAtOnce(comparison, seat, beneath, samplesOf(all), true);
    await askOneByOne(comparison, seat, type, samplesOf(all).slice(0, 8));
  }
}

async function askAtOnce(comparison: Comparison, seat: SeatName, question: string, all: readonly Thing[], isDeep: boolean): Promise<void> {
  const most = isDeep ? 5 : 100;
  for (let i = 0; i < all.length; i += most) {
    const some = all.slice(i, i + most);
    const answer = await world.seats[seat].ask(question, { ids: some.map(({ globalId }) => globalId) });
    const asked = some.map((thing, place) => [thing, ['nodes', place]] as const);
    comparison.compare({ seat, schema: SURFACES[surfaceOf(seat)], things: asked, answer, isDeep });
  }
}

async function askOneByOne(comparison: Comparison, seat: SeatName, type: GraphQLObjectType, some: readonly Thing[]): Promise<void> {
  const written = (server.runtime.schemas[surfaceOf(seat)].getType(type.name) as GraphQLObjectType).getFields();
  const question = straightQuestion(type, some.length, (field) => written[field]!.extensions.fromStatement === true);
  const answer = await world.seats[seat].ask(question, Object.fromEntries(some.map(({ globalId }, i) => [`n${i}`, globalId])));
  const asked = some.map((thing, i) => [thing, [`n${i}`]] as const);
  comparison.compare({ seat, schema: SURFACES[surfaceOf(seat)], things: asked, answer, isDeep: false });
}

describe('every field of every object (spec 2.4)', () => {
  it(
    'is told to whom its printed rule admits, and to nobody else',
    async () => {
      const comparison = new Comparison(expectationsOf(world), things);
      for (const seat of [...STAFF, ...CUSTOMERS, ...FOREIGN]) await askEverything(comparison, seat);
      expect(comparison.deviations.slice(0, 30)).toEqual([]);
      // Nothing was proven of what nobody could read, and little of what is empty in every row.
      expect(comparison.unread).toEqual([]);
      expect(comparison.empty).toEqual([
        'Contact.deletedAt',
        'ContractReview.answers',
        'ContractReview.fields',
        'ContractReview.rejectionReason',
        'ContractVersion.changes',
        'ContractVersion.file',
        'Employee.leftAt',
        'File.thumbnailUrl',
        'FormDraft.lost',
        'FormHistoryEntry.changes',
        'FormInteraction.actor',
        'FormTask.fields',
        'FormTask.step',
        'FormTemplate.category',
        'FormTemplate.changes',
        'FormTemplate.deletedAt',
        'FormTemplate.draft.category',
        'FormTemplate.draft.editedAt',
        'FormTemplate.draft.icon',
        'FormTemplate.draft.numberPrefix',
        'FormTemplate.icon',
        'FormTemplateVersion.audience.contactIds',
        'FormTemplateVersion.audience.tagIds',
        'FormTemplateVersion.flow.confirmsItselfAfterDays',
        'FormTemplateVersion.numberPrefix',
        'FranchiseBallot.answers',
        'FranchiseBallot.fields',
        'FranchiseBallot.rejectionReason',
        'FranchiseDeposit.refundedOn',
        'FranchiseDocument.file',
        'FranchiseInteraction.actor',
        'GeneralForm.rejectionReason',
        'Job.result',
        'Notification.contract',
        'Notification.employee',
        'Notification.franchiseApplication',
        'Notification.job',
        'Order.answers',
        'Order.fields',
        'Order.rejectionReason',
        'Repair.answers',
        'Repair.fields',
        'Repair.rejectionReason',
        'RepairInteraction.actor',
        'RepairOrder.minutesLeft',
        'RepairTechnician.retiredAt',
        'ServiceWindow.notice',
        'UnavailableForm.rejectionReason',
      ]);
      console.info(`${comparison.combinations} fields asked of objects by seats, ${comparison.deviations.length} deviations`);
    },
    420 * SECONDS,
  );

  it('has a row of each type in the world', () => {
    const asked = new Set([...things.values()].filter(isOurs).map(({ type }) => type));
    const types = Object.values(SURFACES).flatMap((schema) => [...rowTypes(schema).keys()]);
    expect([...new Set(types)].filter((type) => !asked.has(type))).toEqual([]);
  });

  it('can be asked without arguments', () => {
    const fields = Object.values(SURFACES).flatMap((schema) => [...rowTypes(schema).values()].flatMap(fieldsOf));
    expect(fields.filter(({ args }) => args.some(isRequiredArgument))).toEqual([]);
  });

  it('is null for somebody without a token, and no object exists', async () => {
    const ids = [...things.keys()];
    for (let i = 0; i < ids.length; i += 100) {
      const some = ids.slice(i, i + 100);
      const { data, errors } = await server.nobody.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids: some });
      expect({ data, errors }).toEqual({ data: { nodes: some.map(() => null) }, errors: [] });
    }
  });
});

/** Fields that no row stands behind, by who is told them. What leads to rows is asked above, whatever leads there. */
const WITHOUT_ROWS: Readonly<Record<string, readonly string[]>> = {
  'whoever did it, of what they did': [
    'RequestSiteSignatureSuccess.expiresAt',
    'RequestSiteSignatureSuccess.phoneMasked',
    'AccessEffect.employeeId',
    'AccessEffect.employeeName',
    'AccessEffect.gained',
    'AccessEffect.gainedIds',
    'AccessEffect.lost',
    'AccessEffect.lostIds',
    'AccessEffect.objectType',
    'GrantAdminRightSuccess.effects',
    'PreviewServiceWindowSuccess.window',
    'PreviewedArticle.excerpt',
    'PreviewedArticle.heading',
    'PreviewedArticle.id',
    'PreviewedArticle.title',
    'PreviewedWindowApp.icon',
    'PreviewedWindowApp.id',
    'PreviewedWindowApp.kind',
    'PreviewedWindowApp.name',
    'PreviewedWindowApp.opens',
    'ServiceWindowPreview.apps',
    'ServiceWindowPreview.articleCount',
    'ServiceWindowPreview.articles',
    'ServiceWindowPreview.notice',
    'ServiceWindowPreview.state',
    'ServiceWindowPreview.welcome',
    'MoveDepartmentSuccess.effects',
    'RevokeAdminRightSuccess.effects',
    'SetDepartmentSupervisorsSuccess.effects',
    'DeleteFormDraftSuccess.draftId',
    'RequestDisclosureCodeSuccess.expiresAt',
    'RequestDisclosureCodeSuccess.phoneMasked',
    'RequestSigningCodeSuccess.expiresAt',
    'RequestSigningCodeSuccess.phoneMasked',
    'ApproveFormTasksItemSuccess.taskId',
    'ApproveFormTasksSuccess.results',
    'AddContactsFromBookItemSuccess.index',
    'AddContactsFromBookSuccess.results',
    'ContactBookPhone.kind',
    'ContactBookPhone.label',
    'ContactBookPhone.phone',
    'ContactBookResult.added',
    'ContactBookResult.refused',
    'AddContactSuccess.knownPhones',
    'ContactCardConfidence.address',
    'ContactCardConfidence.company',
    'ContactCardConfidence.email',
    'ContactCardConfidence.name',
    'ContactCardConfidence.phone',
    'ContactCardConfidence.position',
    'ContactCardPhone.confidence',
    'ContactCardPhone.kind',
    'ContactCardPhone.phone',
    'UpdateContactSuccess.knownPhones',
    'ContactBulkResult.done',
    'ContactBulkResult.refused',
    'DeleteContactFieldSuccess.changed',
    'DeleteContactFieldSuccess.fieldId',
    'DeleteContactsItemSuccess.contactId',
    'DeleteContactsSuccess.results',
    'DeleteTagGroupSuccess.changed',
    'DeleteTagGroupSuccess.groupId',
    'DeleteTagGroupSuccess.untagged',
    'DeleteTagSuccess.changed',
    'DeleteTagSuccess.tagId',
    'DeleteTagSuccess.untagged',
    'InviteContactsItemSuccess.contactId',
    'InviteContactsSuccess.results',
    'AcceptJoinApplicationsItemSuccess.applicationId',
    'AcceptJoinApplicationsItemSuccess.contactId',
    'AcceptJoinApplicationsItemSuccess.wasKnown',
    'AcceptJoinApplicationsSuccess.results',
    'RefuseJoinApplicationsItemSuccess.applicationId',
    'RefuseJoinApplicationsSuccess.results',
    'LeaveServiceWindowSuccess.left',
    'RemindedLately.nextAt',
    'OpenLinkAppSuccess.url',
    'OrderingChangedPrice.from',
    'OrderingChangedPrice.line',
    'OrderingChangedPrice.name',
    'OrderingChangedPrice.to',
    'OrderingPriceChanged.lines',
    'RemoveDepartmentSuccess.departmentId',
    'RemoveLinkAppSuccess.appId',
    'RemoveArticleSuccess.articleId',
    'RemoveArticleCategorySuccess.categoryId',
    'RestoreContactsItemSuccess.contactId',
    'RestoreContactsSuccess.results',
    'ShareContactsItemSuccess.contactId',
    'ShareContactsSuccess.results',
    'TagContactsItemSuccess.contactId',
    'TagContactsSuccess.results',
    'TransferContactsItemSuccess.contactId',
    'TransferContactsSuccess.results',
    'CreateUploadSuccess.upload',
    'HttpHeader.name',
    'HttpHeader.value',
    'LeavingContacts.inBin',
    'LeavingContacts.moved',
    'LeavingContacts.toEmployees',
    'LeavingContacts.unowned',
    'LeavingCount.count',
    'LeavingCount.kind',
    'LeavingHeir.count',
    'LeavingReport.contacts',
    'LeavingReport.kinds',
    'LeavingReport.sessions',
    'LeavingReport.shares',
    'LeavingReport.tasks',
    'OffboardEmployeeSuccess.effects',
    'OffboardEmployeeSuccess.report',
    'UndoTransferSuccess.kept',
    'UndoTransferSuccess.returned',
    'SwitchPluginSuccess.enabled',
    'UpdatePluginSettingsSuccess.plugin',
    'MarkNotificationsReadSuccess.marked',
    'MarkNotificationsReadSuccess.unread',
    'Upload.expiresAt',
    'Upload.headers',
    'Upload.id',
    'Upload.method',
    'Upload.url',
  ],
  'whoever may read what the value belongs to, where it is read there': [
    'ChoiceValue.field',
    'ChoiceValue.option',
    'ChoiceValue.text',
    'ChoicesValue.field',
    'ChoicesValue.options',
    'ChoicesValue.text',
    'DateValue.date',
    'DateValue.field',
    'DateValue.text',
    'EmployeeValue.field',
    'EmployeeValue.text',
    'FieldDefinition.id',
    'FieldDefinition.kind',
    'FieldDefinition.label',
    'FieldDefinition.name',
    'FieldLine.values',
    'FieldOption.id',
    'FieldOption.label',
    'FileValue.field',
    'FileValue.text',
    'LinesValue.field',
    'LinesValue.lines',
    'LinesValue.text',
    'LinesValue.totals',
    'LocationValue.accuracy',
    'LocationValue.field',
    'LocationValue.latitude',
    'LocationValue.longitude',
    'LocationValue.name',
    'LocationValue.text',
    'MoneyValue.field',
    'MoneyValue.money',
    'MoneyValue.text',
    'NumberValue.field',
    'NumberValue.number',
    'NumberValue.text',
    'PhoneValue.extension',
    'PhoneValue.field',
    'PhoneValue.phone',
    'PhoneValue.text',
    'TextValue.field',
    'TextValue.text',
    'YesNoValue.field',
    'YesNoValue.text',
    'YesNoValue.yes',
  ],
  'whoever may hand a form in, of where it would go': [
    'FormForecast.pickedByHand',
    'FormForecast.steps',
    'FormForecastStep.approvers',
    'FormForecastStep.name',
    'FormForecastStep.reason',
  ],
  'whoever reads or designs the template that it is of': [
    'ExportFormTemplateSuccess.file',
    'DeleteFormTemplateSuccess.openForms',
    'FormApprover.by',
    'FormApprover.departmentId',
    'FormApprover.employeeId',
    'FormApprover.right',
    'FormCc.at',
    'FormCc.employeeId',
    'FormColumn.currency',
    'FormColumn.decimals',
    'FormColumn.id',
    'FormColumn.kind',
    'FormColumn.label',
    'FormColumn.max',
    'FormColumn.maxLength',
    'FormColumn.min',
    'FormColumn.most',
    'FormColumn.name',
    'FormColumn.options',
    'FormColumn.product',
    'FormColumn.required',
    'FormColumn.summed',
    'FormCondition.all',
    'FormCondition.any',
    'FormCondition.date',
    'FormCondition.employeeId',
    'FormCondition.field',
    'FormCondition.money',
    'FormCondition.not',
    'FormCondition.number',
    'FormCondition.op',
    'FormCondition.optionIds',
    'FormCondition.text',
    'FormCondition.total',
    'FormCondition.yes',
    'FormFieldOption.id',
    'FormFieldOption.label',
    'FormFieldOption.parentId',
    'FormTemplateReason.code',
    'FormTemplateReason.example',
    'FormTemplateReason.message',
    'FormTemplateReason.path',
    'PublishFormTemplateSuccess.casesExplored',
    'PublishFormTemplateSuccess.casesUnchecked',
    'PublishFormTemplateSuccess.warnings',
  ],
  'whoever finds the contacts that are counted': [
    'ContactFacets.isExact',
    'ContactFacets.owners',
    'ContactFacets.sources',
    'ContactFacets.tags',
    'ContactFacets.total',
    'ContactOwnerFacet.count',
    'ContactOwnerFacet.name',
    'ContactOwnerFacet.ownerId',
    'ContactSourceFacet.count',
    'ContactSourceFacet.source',
    'ContactTagFacet.count',
    'ContactTagFacet.groupId',
    'ContactTagFacet.name',
    'ContactTagFacet.tagId',
  ],
  'whoever was refused, why': [
    'InvalidTransition.allowed',
    'InvalidTransition.state',
    'RepairGuaranteeOver.until',
    'RepairQuoteExpired.validUntil',
    'ApproverNotAllowed.reason',
    'CertificationRequired.required',
    'ClaimQuotaReached.most',
    'ContactFieldInUse.usage',
    'ContactFieldValuesDoNotFit.misfits',
    'ContactFieldValuesDoNotFit.usage',
    'ContactPhoneTaken.askToShare',
    'ContactPhoneTaken.requestToken',
    'ContactQuotaReached.limit',
    'ContractChanged.changes',
    'ContractSigningOver.expiredAt',
    'FranchiseReapplyLater.from',
    'FranchiseTooEarly.earliestOn',
    'DepartmentNotEmpty.departments',
    'DepartmentNotEmpty.members',
    'FileKindNotAllowed.mimeTypes',
    'FileTooLarge.most',
    'FormMoveNotAllowed.customerState',
    'LastAdmin.right',
    'PhoneBelongsToContact.choices',
    'PluginDisabled.plugin',
    'StandInNotAllowed.reason',
    'TagGroupInUse.usage',
    'TagGroupInUse.withoutTag',
    'TagInUse.usage',
    'TagInUse.withoutTag',
    'TemplateHasOpenForms.openForms',
    'TemplateNotPublishable.reasons',
    'ShareAlreadyRequested.again',
    'ShareGranter.name',
    'SupervisorNotMember.departmentName',
    'SupervisorNotMember.employees',
    'ContactImportNotUndoable.reason',
    'TransferNotUndoable.reason',
    'ValidationFailed.issues',
    'ValidationIssue.code',
    'ValidationIssue.message',
    'ValidationIssue.path',
  ],
  'the account, of itself': [
    'ChangeMyPhoneSuccess.conflicts',
    'ChangeMyPhoneSuccess.phone',
    'ChangeMyPhoneSuccess.seats',
    'RequestPhoneChangeCodeSuccess.expiresAt',
    'EndSessionsSuccess.endedCount',
    'OrganizationSummary.id',
    'OrganizationSummary.name',
    'RequestSignInCodeSuccess.expiresAt',
    'SeatSummary.id',
    'SeatSummary.kind',
    'SeatSummary.name',
    'SeatSummary.organization',
    'Session.createdAt',
    'Session.current',
    'Session.id',
    'Session.lastUsedAt',
    'Session.seat',
    'SignInSuccess.seat',
    'SignInSuccess.seats',
    'SignInSuccess.token',
    'SignOutSuccess.signedOut',
    'SwitchSeatSuccess.seat',
    'SwitchSeatSuccess.seats',
    'SwitchSeatSuccess.token',
  ],
  'whoever has a link': [
    'ApplyToWindowSuccess.phoneProven',
    'RequestJoinCodeSuccess.expiresAt',
    'WindowLinkPage.organizationName',
    'WindowLinkPage.state',
    'WindowLinkPage.welcome',
  ],
  'whoever follows, as of an event': [
    'OrderChangedEvent.at',
    'OrderChangedEvent.cursor',
    'OrderChangedEvent.kind',
    'OrderChangedEvent.orderId',
    'StockLowEvent.at',
    'StockLowEvent.cursor',
    'StockLowEvent.kind',
    'StockLowEvent.variantId',
    'RepairBoardEvent.at',
    'RepairBoardEvent.cursor',
    'RepairBoardEvent.kind',
    'RepairBoardEvent.repairId',
    'RepairVisitMovedEvent.at',
    'RepairVisitMovedEvent.cursor',
    'RepairVisitMovedEvent.kind',
    'RepairVisitMovedEvent.visitId',
    'BusinessFormEvent.at',
    'BusinessFormEvent.cursor',
    'BusinessFormEvent.customerState',
    'BusinessFormEvent.formId',
    'BusinessFormEvent.kind',
    'JobEvent.at',
    'JobEvent.cursor',
    'JobEvent.jobId',
    'JobEvent.kind',
    'JoinApplicationsEvent.applicationId',
    'JoinApplicationsEvent.at',
    'JoinApplicationsEvent.cursor',
    'JoinApplicationsEvent.kind',
    'StageChangedEvent.applicationId',
    'StageChangedEvent.at',
    'StageChangedEvent.cursor',
    'StageChangedEvent.kind',
    'MyContractsEvent.at',
    'MyContractsEvent.contractId',
    'MyContractsEvent.cursor',
    'MyContractsEvent.kind',
    'CompanyFormsEvent.at',
    'CompanyFormsEvent.cursor',
    'CompanyFormsEvent.customerState',
    'CompanyFormsEvent.formId',
    'CompanyFormsEvent.kind',
    'MyFormsEvent.at',
    'MyFormsEvent.cursor',
    'MyFormsEvent.customerState',
    'MyFormsEvent.formId',
    'MyFormsEvent.kind',
    'MyTasksEvent.at',
    'MyTasksEvent.cursor',
    'MyTasksEvent.kind',
    'MyTasksEvent.taskId',
    'NotificationsEvent.at',
    'NotificationsEvent.cursor',
    'NotificationsEvent.kind',
    'NotificationsEvent.unread',
  ],
  'whoever is told, how': [
    'NotificationChoice.channels',
    'NotificationChoice.kind',
    'NotificationSettings.channels',
    'NotificationSettings.choices',
    'NotificationSettings.digest',
    'NotificationSettings.email',
    'NotificationSettings.kinds',
    'NotificationSettings.language',
    'NotificationSettings.quietFrom',
    'NotificationSettings.quietUntil',
    'NotificationSettings.version',
    'NotificationWord.description',
    'NotificationWord.name',
    'UpdateNotificationSettingsSuccess.settings',
  ],
  'whoever reads a form inside, what an approver changed': [],
  'whoever works, when': [
    'CalendarDay.date',
    'CalendarDay.hours',
    'CalendarDay.name',
    'UpdateWorkingCalendarSuccess.calendar',
    'WorkingCalendar.days',
    'WorkingCalendar.timeZone',
    'WorkingCalendar.version',
    'WorkingCalendar.week',
    'WorkingCalendarChanged.version',
    'WorkingHours.from',
    'WorkingHours.until',
    'WorkingWeekday.hours',
    'WorkingWeekday.weekday',
  ],
  'everybody with a seat, or the seats of the rule of the query that leads there': [
    'ContractVerification.isInForce',
    'ContractVerification.isSigned',
    'ContractVerification.lastSignedAt',
    'ContractVerification.sha256',
    'ContractVerification.signatures',
    'PermissionRule.description',
    'PermissionRule.fields',
    'PermissionRule.name',
    'PermissionRule.right',
    'PermissionRule.roles',
    'Plugin.description',
    'Plugin.enabled',
    'Plugin.name',
    'Plugin.settings',
    'Plugin.version',
  ],
};

describe('fields of objects that are no rows', () => {
  it('are those that are listed here, so that a new one does not slip by', () => {
    const found = new Set(Object.values(SURFACES).flatMap(ownFieldsWithoutRows));
    expect([...found].sort()).toEqual(Object.values(WITHOUT_ROWS).flat().sort());
  });
});
