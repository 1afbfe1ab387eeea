import { defineModule, filePurposes, formKinds, httpRoutes, readMigrations, register, timelineKinds, windowTiles } from '@guichet/sdk';
import { Asset } from './asset.entity.ts';
import { assetTypes } from './asset.graphql.ts';
import { assetMutations } from './asset.mutations.ts';
import { clocks } from './clocks.ts';
import { demo } from './demo.ts';
import { furtherTypes } from './further.graphql.ts';
import { RepairLabour } from './labour.entity.ts';
import { labourTypes } from './labour.graphql.ts';
import { listeners } from './listeners.ts';
import { liveTypes } from './live.graphql.ts';
import { repairNotifications } from './notifications.ts';
import { RepairOrder } from './order.entity.ts';
import { orderTypes } from './order.graphql.ts';
import { repairMoves } from './order.moves.ts';
import { REPAIR_ENTRY, repairKind } from './order.service.ts';
import { RepairPart, RepairPartUse } from './part.entity.ts';
import { partMutations } from './part.mutations.ts';
import { repair } from './permissions.ts';
import { RepairPhoto } from './photo.entity.ts';
import { photoPurpose, sendPhoto } from './photo.purpose.ts';
import { RepairQuote } from './quote.entity.ts';
import { quoteMutations } from './quote.mutations.ts';
import { reportRoutes } from './report.route.ts';
import { rights } from './roles.ts';
import { repairSettings } from './settings.ts';
import { signOffMutations } from './sign-off.mutations.ts';
import { RepairSignature } from './signature.entity.ts';
import { signaturePurpose } from './signature.purpose.ts';
import { siteSignatureMutations } from './site-signature.mutations.ts';
import { slotTypes } from './slots.graphql.ts';
import { repairTile } from './tile.ts';
import { triageMutations } from './triage.mutations.ts';
import { RepairVisit, Technician } from './visit.entity.ts';
import { visitTypes } from './visit.graphql.ts';
import { visitMoves } from './visit.moves.ts';
import { visitMutations } from './visit.mutations.ts';
import { workMutations } from './work.mutations.ts';

export default defineModule({
  name: 'repair',
  version: '0.1.0',
  description: 'Repairs: asked for at the window, triaged, quoted, done by technicians on visits, signed off by the customer.',
  guichet: '^0.1.0',
  needs: [
    'forms',
    'service-window',
    'window-apps',
    'files',
    'interactions',
    'working-time',
    'notifications',
    'signatures',
    'directory',
    'contacts',
  ],
  entities: [
    Asset,
    RepairOrder,
    RepairVisit,
    Technician,
    RepairQuote,
    RepairPart,
    RepairPartUse,
    RepairLabour,
    RepairPhoto,
    RepairSignature,
  ],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: [...Object.values(repair), sendPhoto],
  rights,
  moves: [repairMoves, visitMoves],
  registrations: [
    register(formKinds, repairKind),
    register(windowTiles, repairTile),
    register(filePurposes, photoPurpose),
    register(filePurposes, signaturePurpose),
    register(timelineKinds, { kind: REPAIR_ENTRY, description: 'The contact asked for a repair.' }),
    ...repairNotifications,
    ...reportRoutes.map((route) => register(httpRoutes, route)),
  ],
  listeners,
  clocks,
  settings: repairSettings,
  types: (builder) => {
    assetTypes(builder);
    orderTypes(builder);
    visitTypes(builder);
    furtherTypes(builder);
    triageMutations(builder);
    quoteMutations(builder);
    visitMutations(builder);
    workMutations(builder);
    signOffMutations(builder);
    siteSignatureMutations(builder);
    partMutations(builder);
    labourTypes(builder);
    assetMutations(builder);
    slotTypes(builder);
    liveTypes(builder);
  },
  demo,
});
