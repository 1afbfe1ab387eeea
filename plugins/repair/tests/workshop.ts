import { type TestPlugin, type TestSeat, testPlugin } from '@guichet/sdk/testing';
import sharp from 'sharp';
import repair from '../index.ts';
import { repairMoves } from '../order.moves.ts';
import { visitMoves } from '../visit.moves.ts';

const word = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
const told = `__typename ... on UserError { code message path } ... on ValidationFailed { issues { path code } }`;
const MOVING: readonly string[] = [
  ...Object.keys(repairMoves.moves),
  ...Object.keys(visitMoves.moves),
  'addPart',
  'returnPart',
  'addLabour',
  'removeLabour',
  'requestSiteSignature',
];
const moving = (mutation: string): string => (MOVING.includes(mutation) ? '... on InvalidTransition { state allowed }' : '');
const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
const SET = 'mutation ($input: UpdatePluginSettingsInput!) { updatePluginSettings(input: $input) { __typename } }';
const TASKS = '{ myTasks(first: 100) { nodes { id form { id } } } }';
const TEMPLATES = '{ formTemplates(first: 100) { nodes { id kind draft { version } } } }';
const EDIT =
  'mutation ($input: UpdateFormTemplateDraftInput!) { updateFormTemplateDraft(input: $input) { __typename ... on UpdateFormTemplateDraftSuccess { template { draft { version } } } } }';
const PUBLISH = 'mutation ($input: PublishFormTemplateInput!) { publishFormTemplate(input: $input) { __typename } }';
const UPLOAD =
  'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on CreateUploadSuccess { upload { id url method headers { name value } } } } }';
const DAY = 86_400_000;
const HOUR = 3_600_000;
export const ADDRESS = '1 Harbour Street';
export const SITE_PHONE = '+8613900009999';

/**
 * The plugin as a workshop with its people: `supervisor` triages, `formsAdmin` makes quotes, `sharee` dispatches, `scopedAdmin` keeps the parts,
 * `colleague` and `owner` are technicians. Its clock is the test's.
 */
export class Workshop {
  readonly plugin: TestPlugin;
  now = Date.UTC(2026, 5, 1, 1); // Monday, 9 o'clock in Shanghai
  #times = 0;
  #days = 0;
  technicians: Record<'colleague' | 'owner', string> = { colleague: '', owner: '' };
  private constructor(plugin: TestPlugin) {
    this.plugin = plugin;
  }
  static async open(): Promise<Workshop> {
    let shop: Workshop | undefined;
    const plugin = await testPlugin(repair, { now: () => new Date(shop?.now ?? Date.UTC(2026, 5, 1, 1)) });
    shop = new Workshop(plugin);
    await shop.#furnish();
    return shop;
  }
  /** Lets the clocks of the app strike, and that of forms. */
  strike(): Promise<void> {
    return this.plugin.strike('forms.keepTime', ...repair.clocks!.map(({ name }) => name));
  }
  /** Switches the app off or on; the minute passes in which servers remember what it was. */
  async switch(enabled: boolean): Promise<void> {
    await this.plugin.switch(enabled);
    this.now += 61_000;
  }
  close(): Promise<void> {
    return this.plugin.stop();
  }
  async #furnish(): Promise<void> {
    const { admin, supervisor, formsAdmin, sharee, scopedAdmin, colleague, owner } = this.plugin;
    const grants = [
      [supervisor, 'REPAIR_TRIAGE'],
      [formsAdmin, 'REPAIR_QUOTE'],
      [sharee, 'REPAIR_DISPATCH'],
      [scopedAdmin, 'REPAIR_PARTS'],
    ] as const;
    for (const [{ id: employeeId }, right] of grants) await admin.does(GRANT, { input: { employeeId, right } });
    for (const [name, { id: employeeId }] of Object.entries({ colleague, owner })) {
      const { technician } = await this.does(sharee, 'setRepairTechnician', { employeeId, firstName: word(name) }, 'technician { id }');
      this.technicians[name as 'colleague'] = technician.id;
    }
  }
  set(settings: Record<string, unknown>): Promise<unknown> {
    return this.plugin.admin.does(SET, { input: { plugin: 'repair', settings } });
  }

  /** @returns the payload, whatever it is */
  async asks(seat: TestSeat, mutation: string, input: Record<string, unknown>, selection = '') {
    const success = selection && `... on ${word(mutation)}Success { ${selection} }`;
    const document = `mutation ($input: ${word(mutation)}Input!) { ${mutation}(input: $input) { ${told} ${moving(mutation)} ${success} } }`;
    const { data, errors } = await seat.ask(document, { input });
    return data?.[mutation] ?? { __typename: errors[0]?.extensions.code, message: errors[0]?.message };
  }
  /** @throws unless it succeeds */
  async does(seat: TestSeat, mutation: string, input: Record<string, unknown>, selection = '') {
    const payload = await this.asks(seat, mutation, input, selection);
    if (payload.__typename !== `${word(mutation)}Success`) throw new Error(`${seat.name}: ${mutation}: ${JSON.stringify(payload)}`);
    return payload;
  }
  async order(id: string, selection: string, seat = this.plugin.admin) {
    return (await seat.query(`query ($id: ID!) { node(id: $id) { ... on RepairOrder { ${selection} } } }`, { id })).node;
  }
  async visit(id: string, selection: string, seat = this.plugin.admin) {
    return (await seat.query(`query ($id: ID!) { node(id: $id) { ... on RepairVisit { ${selection} } } }`, { id })).node;
  }

  /** @returns the id of a repair that a customer has asked for */
  async asked(more: Record<string, unknown> = {}, customer = this.plugin.customer): Promise<string> {
    const site = { siteName: 'Warehouse 3', siteAddress: ADDRESS, siteContactName: 'Lao Zhou', siteContactPhone: SITE_PHONE };
    const input = { problem: 'It makes a noise.', ...site, idempotencyKey: `request-${this.#times++}`, ...more };
    return (await this.does(customer, 'requestRepair', input, 'repair { id }')).repair.id;
  }
  async triaged(more: Record<string, unknown> = {}): Promise<string> {
    const repairId = await this.asked();
    await this.does(this.plugin.supervisor, 'triageRepair', { repairId, priority: 'NORMAL', inGuarantee: false, ...more });
    return repairId;
  }
  /** A window that nobody has yet: an hour of a day of its own. */
  window(technician: 'colleague' | 'owner' = 'colleague') {
    const from = this.now + ++this.#days * DAY;
    const at = (time: number) => new Date(time).toISOString();
    return { technicianId: this.technicians[technician], startsAt: at(from), endsAt: at(from + HOUR), zone: 'Asia/Shanghai' };
  }
  /** @returns the ids of a repair and of its visit */
  async scheduled(repairId?: string): Promise<{ repairId: string; visitId: string }> {
    const id = repairId ?? (await this.triaged());
    const { visit } = await this.does(this.plugin.sharee, 'scheduleVisit', { repairId: id, ...this.window() }, 'visit { id }');
    return { repairId: id, visitId: visit.id };
  }
  /** Sends the technician and lets them go on, step by step. */
  async going(...steps: string[]): Promise<{ repairId: string; visitId: string }> {
    const made = await this.scheduled();
    await this.does(this.plugin.sharee, 'dispatchVisit', { visitId: made.visitId });
    for (const step of steps) await this.step(step, made.visitId);
    return made;
  }
  step(step: string, visitId: string, seat: TestSeat = this.plugin.colleague) {
    return this.does(seat, step, { visitId, ...NEEDED[step] });
  }
  /** Goes to a repair that is triaged, or was opened again, and finishes the visit. @returns the visit's id */
  async finished(repairId: string): Promise<string> {
    const { visitId } = await this.scheduled(repairId);
    await this.does(this.plugin.sharee, 'dispatchVisit', { visitId });
    for (const step of ['acceptVisit', 'finishVisit']) await this.step(step, visitId);
    return visitId;
  }
  /** The contact's owner decides about the form, whose turn it is until the work is done. */
  async decides(mutation: 'approveFormTask' | 'rejectFormTask', repairId: string): Promise<void> {
    const { form } = await this.order(repairId, 'form { id }');
    const { myTasks } = await this.plugin.owner.query(TASKS);
    const task = myTasks.nodes.find((one: { form: { id: string } }) => one.form.id === form.id);
    await this.plugin.owner.does(`mutation ($taskId: ID!) { ${mutation}(input: { taskId: $taskId }) { __typename } }`, { taskId: task.id });
  }
  /** Sends bytes of a picture. @returns the upload's id */
  async upload(seat: TestSeat, purpose: string, bytes: Buffer): Promise<string> {
    const { format } = await sharp(bytes).metadata();
    const input = { name: `picture.${format}`, size: bytes.length, mimeType: `image/${format}`, purpose };
    const { upload } = await seat.does(UPLOAD, { input });
    const headers = upload.headers.map((one: { name: string; value: string }) => [one.name, one.value]);
    const sent = await fetch(upload.url, { method: upload.method, headers, body: new Uint8Array(bytes) });
    if (!sent.ok) throw new Error(`${purpose}: ${sent.status} ${await sent.text()}`);
    return upload.id;
  }
  /** Publishes the template of repairs with another flow: there is one from the first repair on. */
  async template(flow: Record<string, unknown>): Promise<void> {
    await this.asked();
    const { formTemplates } = await this.plugin.admin.query(TEMPLATES);
    const { id: templateId, draft } = formTemplates.nodes.find(({ kind }: { kind: string }) => kind === 'REPAIR');
    const edited = await this.plugin.admin.does(EDIT, { input: { templateId, expectedVersion: draft.version, draft: { flow } } });
    await this.plugin.admin.does(PUBLISH, { input: { templateId, expectedVersion: edited.template.draft.version } });
  }
  async done(): Promise<{ repairId: string; visitId: string }> {
    return this.going('acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork', 'finishVisit');
  }
}
/** A small picture, with all that a telephone writes beside it where it was taken. */
export const picture = (kind: 'png' | 'jpeg' | 'webp'): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 30, channels: 3, background: 'teal' } })
    .withExif({
      IFD0: { Artist: 'Hu Yan' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 49/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 28/1 25/1' },
    })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="31,13.82N"/></rdf:RDF></x:xmpmeta>',
    )
    .toFormat(kind)
    .toBuffer();
/** What a step needs to be told. */
export const NEEDED: Readonly<Record<string, Record<string, unknown>>> = {
  finishVisit: { summary: 'A new bearing.' },
  declineVisit: { reason: 'I am ill.' },
  holdVisit: { reason: 'PARTS' },
  cannotComplete: { reason: 'The roof is shut.' },
};
