import { refs, type StoredValues, tenantEntity } from '../../sdk/index.ts';
import { FormTemplate } from './form-template.entity.ts';

/** How many drafts a seat may keep. */
export const MOST_DRAFTS = 100;

/** A form that is begun: its seat's alone, unfinished as long as it is kept (spec 6.12). */
export const FormDraft = tenantEntity(
  'form_drafts',
  (t) => ({
    version: t.version(),
    /** The employee or contact whose draft it is. */
    seatId: t.uuid(),
    templateId: t.idOf(() => FormTemplate),
    /** The version by which its values were given. */
    templateVersion: t.integer(),
    /** For whom an employee is going to hand it in. */
    contactId: t.idOf(() => refs.Contact).nullable(),
    fieldValues: t.json<StoredValues>().defaultRaw(`'{}'`),
    /** The lowest that the seat had free: no seat has more drafts than places. */
    place: t.integer().check(`place between 1 and ${MOST_DRAFTS}`),
    createdAt: t.timestamptz(),
    savedAt: t.timestamptz(),
  }),
  {
    indexes: {
      form_drafts_of_seat: { columns: ['seatId', '-id'] },
      form_drafts_place: { columns: ['seatId', 'place'], unique: true },
      form_drafts_saved: { columns: ['savedAt'] },
    },
  },
);
export const formDrafts = FormDraft.table;
