import { refs, tenantEntity } from '@guichet/sdk';

/** Something that is repaired: a machine at a customer's. */
export const Asset = tenantEntity(
  'plg_repair.assets',
  (t) => ({
    version: t.version(),
    /** Whose it is; nobody's as long as it is not handed over. */
    contactId: t.idOf(() => refs.Contact).nullable(),
    name: t.text(),
    serial: t.text(),
    /** What its sticker says. */
    qr: t.text(),
    warrantyUntil: t.date().nullable(),
    company: t.text().nullable(),
    site: t.text().nullable(),
    area: t.text().nullable(),
    /** Repairs of it are confirmed by a signature, and not by silence. */
    needsSignature: t.boolean().default(false),
  }),
  {
    indexes: {
      assets_serial: { columns: ['serial'], unique: true },
      assets_qr: { columns: ['qr'], unique: true },
      assets_contact: { columns: ['contactId', '-id'] },
    },
  },
);
export const assets = Asset.table;
