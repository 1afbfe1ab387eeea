import { createHash } from 'node:crypto';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';

/** Of a territory on a map. */
const CORNERS = [
  ['31.2', '121.4'],
  ['31.3', '121.4'],
  ['31.3', '121.5'],
] as const;
type Ids = Record<string, string>;
/** One mutation that is done once; as the cases of `audit-acts.test.ts`. */
export interface FranchiseCase {
  readonly act: string;
  readonly by: 'admin' | 'customer' | 'sharee' | 'supervisor' | 'colleague' | 'formsAdmin';
  input(): Promise<Record<string, unknown>>;
  readonly makes?: readonly string[];
  readonly objects: readonly string[];
  readonly paths: readonly string[];
}
interface Asked {
  readonly ids: Ids;
  own(): TestOrganization;
  /** Asks past the API. */
  set(text: string): Promise<unknown>;
}
/** Rights of the plugin, one an employee. */
export const FRANCHISE_RIGHTS = { FRANCHISE_VERIFY: 'supervisor', FRANCHISE_FINANCE: 'formsAdmin' } as const;
const DISCLOSED = 'All that you have to know.';
const READ = `query ($id: ID!) { franchiseApplication(id: $id) { documents { id } openingTasks { id } } }`;

/** Every mutation of franchises, each of one application that is brought into the state that it needs. */
export function franchiseActs({ ids, own, set }: Asked): FranchiseCase[] {
  const versionOfBrand = async (): Promise<number> =>
    (await own().admin.query('query ($id: ID!) { node(id: $id) { ... on FranchiseBrand { version } } }', { id: ids.brand! })).node.version;
  const read = async () => (await own().admin.query(READ, { id: ids.application! })).franchiseApplication;
  const one = (
    act: string,
    by: FranchiseCase['by'],
    state: string,
    rest: Partial<Omit<FranchiseCase, 'input'>> & { readonly more?: string; given?(): object | Promise<object> } = {},
  ): FranchiseCase => ({
    objects: ['application'],
    paths: [],
    ...rest,
    act,
    by,
    input: async () => {
      await set(`update plg_franchise.applications set state = '${state}'${rest.more ?? ''}`);
      return { franchiseId: ids.application!, ...(await rest.given?.()) };
    },
  });
  const sha256 = createHash('sha256').update(DISCLOSED).digest('hex');
  return [
    {
      act: 'addFranchiseBrand',
      by: 'admin',
      input: async () => ({
        ...{ name: 'Tea', description: 'Houses.', deposit: { amount: 100, currency: 'CNY' }, committeeMode: 'ALL' },
        memberIds: [ids.supervisor, ids.colleague],
      }),
      makes: ['brand'],
      objects: ['supervisor', 'colleague', 'brand'],
      paths: ['name', 'description', 'deposit.amount', 'deposit.currency', 'committeeMode'],
    },
    {
      act: 'setFranchiseCommittee',
      by: 'admin',
      input: async () => {
        const expectedVersion = await versionOfBrand();
        return { brandId: ids.brand, expectedVersion, committeeMode: 'MAJORITY', memberIds: [ids.supervisor, ids.colleague] };
      },
      objects: ['supervisor', 'colleague', 'brand'],
      paths: ['expectedVersion', 'committeeMode'],
    },
    {
      act: 'addFranchiseTerritory',
      by: 'admin',
      input: async () => ({ brandId: ids.brand, name: 'Quay', area: 'The quay', country: 'CN', isExclusive: true }),
      makes: ['territory'],
      objects: ['brand', 'territory'],
      paths: ['name', 'area', 'country', 'isExclusive'],
    },
    {
      act: 'drawFranchiseTerritory',
      by: 'admin',
      input: async () => ({ territoryId: ids.territory, outline: CORNERS.map(([latitude, longitude]) => ({ latitude, longitude })) }),
      objects: ['territory'],
      paths: CORNERS.flatMap((_, i) => [`outline.${i}.latitude`, `outline.${i}.longitude`]),
    },
    {
      act: 'addScoreSheet',
      by: 'admin',
      input: async () => {
        const criteria = [{ key: 'capital', label: 'Means', weight: 1 }];
        return { brandId: ids.brand, expectedVersion: await versionOfBrand(), criteria, threshold: 600 };
      },
      makes: ['sheet'],
      objects: ['brand', 'sheet'],
      paths: ['expectedVersion', 'criteria.0.key', 'criteria.0.label', 'criteria.0.weight', 'threshold'],
    },
    {
      act: 'applyForFranchise',
      by: 'customer',
      input: async () => ({ brandId: ids.brand, territoryId: ids.territory }),
      makes: ['application'],
      objects: ['brand', 'territory', 'application'],
      paths: [],
    },
    one('saveStage', 'customer', 'INQUIRY', {
      given: () => ({ expectedVersion: 1, legalName: 'Chen Wei' }),
      paths: ['expectedVersion', 'legalName'],
    }),
    one('addCoApplicant', 'admin', 'INQUIRY', { given: () => ({ contactId: ids.unowned }), objects: ['application', 'unowned'] }),
    one('removeCoApplicant', 'admin', 'INQUIRY', { given: () => ({ contactId: ids.unowned }), objects: ['application', 'unowned'] }),
    one('qualifyApplication', 'admin', 'INQUIRY'),
    one('submitStage', 'customer', 'QUALIFIED', { more: `, capital_minor = 1, capital_currency = 'CNY', experience = 'Tea.'` }),
    one('reviewApplication', 'admin', 'APPLIED'),
    one('requestDocuments', 'admin', 'UNDER_REVIEW', {
      given: () => ({ documents: [{ kind: 'Licence', dueOn: '2099-01-01' }] }),
      paths: ['documents.0.kind', 'documents.0.dueOn'],
    }),
    one('uploadDocument', 'customer', 'NEEDS_DOCUMENTS', {
      given: async () => ({ documentId: (await read()).documents[0].id, uploadId: ids.licence }),
      makes: ['document'],
      objects: ['application', 'document', 'licence'],
    }),
    one('verifyDocument', 'supervisor', 'UNDER_REVIEW', {
      given: () => ({ documentId: ids.document, accept: true }),
      objects: ['application', 'document'],
      paths: ['accept'],
    }),
    one('scheduleInterview', 'admin', 'UNDER_REVIEW', {
      given: () => ({ at: '2099-01-01T00:00:00Z', place: 'Here' }),
      paths: ['at', 'place'],
    }),
    one('scheduleSiteVisit', 'admin', 'INTERVIEW', {
      given: () => ({ inspectorId: ids.sharee, at: '2099-01-01T00:00:00Z', address: 'There', scorerIds: [ids.colleague] }),
      objects: ['application', 'sharee', 'colleague'],
      paths: ['at', 'address'],
    }),
    one('recordSiteVisit', 'sharee', 'SITE_CHECK', {
      given: () => ({ findings: 'Good.', isSuitable: true }),
      paths: ['findings', 'isSuitable'],
    }),
    one('submitScore', 'colleague', 'SITE_CHECK', {
      given: () => ({ points: [{ criterion: 'capital', points: 8 }] }),
      makes: ['score'],
      objects: ['application', 'score'],
      paths: ['points.0.criterion', 'points.0.points'],
    }),
    one('releaseTerritory', 'admin', 'SCORED'),
    one('holdTerritory', 'admin', 'SCORED', {
      given: () => ({ territoryId: ids.territory, until: '2099-01-01' }),
      objects: ['application', 'territory'],
      paths: ['until'],
    }),
    one('callCommittee', 'admin', 'SCORED'),
    one('recuseFromApplication', 'colleague', 'COMMITTEE', { given: () => ({ reason: 'So.' }), paths: ['reason'] }),
    one('decideCommittee', 'supervisor', 'COMMITTEE', { given: () => ({ approves: true }), paths: ['approves'] }),
    one('recordDeposit', 'formsAdmin', 'PROVISIONAL', {
      given: () => ({ amount: { amount: 100, currency: 'CNY' }, receivedOn: '2020-01-01', reference: 'B-1' }),
      makes: ['deposit'],
      objects: ['application', 'deposit'],
      paths: ['amount.amount', 'amount.currency', 'receivedOn', 'reference'],
    }),
    one('sendDisclosure', 'admin', 'PROVISIONAL', {
      given: () => ({ text: DISCLOSED }),
      makes: ['disclosure'],
      objects: ['application', 'disclosure'],
      paths: ['text'],
    }),
    one('requestDisclosureCode', 'customer', 'DISCLOSED', { given: () => ({ sha256 }), paths: ['sha256'] }),
    one('acknowledgeDisclosure', 'customer', 'DISCLOSED', { given: () => ({ sha256, code: '246810' }), paths: ['sha256', 'code'] }),
    one('startContract', 'admin', 'DISCLOSURE_ACKNOWLEDGED', {
      more: `, earliest_signing_on = '2020-01-01'`,
      given: () => ({
        ...{ title: 'A store', amount: { amount: 1, currency: 'CNY' }, ownName: 'We', startsOn: '2099-01-01', text: 'You may.' },
      }),
      paths: ['title', 'amount.amount', 'amount.currency', 'ownName', 'startsOn', 'text'],
    }),
    one('completeOpeningTask', 'admin', 'OPENING', {
      given: async () => {
        await set(`insert into plg_franchise.opening_tasks (organization_id, id, application_id, position, title, due_on)
          select organization_id, gen_random_uuid(), id, 1, 'Paint', '2099-01-01' from plg_franchise.applications`);
        ids.openingTask = (await read()).openingTasks[0].id;
        return { openingTaskId: ids.openingTask };
      },
      objects: ['application', 'openingTask'],
    }),
    one('rescindFranchise', 'customer', 'COOLING_OFF', {
      more: `, cooling_off_until = '2099-01-01'`,
      given: () => ({ reason: 'So.' }),
      paths: ['reason'],
    }),
    one('refundDeposit', 'formsAdmin', 'RESCINDED', {
      given: () => ({ refundedOn: '2020-01-02' }),
      makes: ['deposit'],
      objects: ['application', 'deposit'],
      paths: ['refundedOn'],
    }),
    one('rejectApplication', 'admin', 'SCORED', { given: () => ({ reason: 'So.' }), paths: ['reason'] }),
    one('releaseReason', 'admin', 'REJECTED', { given: () => ({ releasedReason: 'Not now.' }), paths: ['releasedReason'] }),
    one('withdrawApplication', 'customer', 'INQUIRY'),
  ];
}
