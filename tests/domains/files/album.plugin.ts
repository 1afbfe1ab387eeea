import {
  ADMIN,
  COLLEAGUE,
  defineModule,
  EXTERNAL,
  entityRef,
  FILE_READER,
  filePurposes,
  filesService,
  type GuichetBuilder,
  type MadePurpose,
  OWNER,
  OWNERS_SUPERVISOR,
  refs,
  register,
  rule,
  SHAREE,
  sql,
  tenantEntity,
  topic,
  types,
  type UseCase,
} from '@guichet/sdk';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';

// Photos of contacts: files that hang on something, for those who answer for the contact and for the contact.

const read = rule('album.read', {
  roles: [ADMIN, OWNER, OWNERS_SUPERVISOR, SHAREE, EXTERNAL],
  right: 'CONTACTS',
  description: 'Whoever answers for the contact, and the contact.',
});
const send = rule('album.send', { roles: [COLLEAGUE, EXTERNAL], description: 'Every seat.' });
const table = rule('album.table', { roles: [ADMIN], right: 'CONTACTS', whole: true, description: 'Admins of contacts.' });

const Photo = tenantEntity('plg_album.photos', (t) => ({
  contactId: t.idOf(() => refs.Contact),
  fileId: t.idOf(() => refs.File),
}));
const photos = Photo.table;
const AlbumPhoto = entityRef('AlbumPhoto', photos);

const photoTopic = topic('ALBUM_PHOTO', 'AlbumPhoto');

async function addPhoto(use: UseCase, contactId: string, uploadId: string): Promise<string> {
  const id = use.newId();
  const path = ['input', 'uploadId'];
  const { fileId } = await use
    .service(filesService)
    .attach(use, { uploadId, purpose: 'ALBUM_PHOTO', to: { type: 'AlbumPhoto', id }, path });
  use.em.create(Photo, { id, contactId, fileId });
  use.emit({ stream: use.organizationId, topic: photoTopic, kind: 'ADDED', subjectId: id });
  return id;
}

function albumTypes(builder: GuichetBuilder): void {
  builder.entity(AlbumPhoto, {
    description: 'A photo of a contact.',
    roles: builder.rolesThrough(types.Contact, photos, 'contact_id', read.roles),
    listedFor: read.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      file: t.one(types.File, {
        on: (photo, file) => sql`${file.id} = ${photo.file_id}`,
        proves: [FILE_READER],
        description: 'Its bytes.',
        rule: read,
      }),
    }),
  });
  builder.entityFields(types.Contact, (t) => ({
    albumPhotos: t.pages(AlbumPhoto, {
      on: (contact, photo) => sql`${photo.contact_id} = ${contact.id}`,
      description: 'Photos of the contact.',
      rule: read,
      proves: read.roles,
    }),
  }));
  builder.useCase('addAlbumPhoto', {
    description: 'Adds a photo of a contact.',
    rule: read,
    input: (t) => ({
      contactId: t.globalId(types.Contact, { description: 'Of whom.' }),
      uploadId: t.globalId(types.File, { description: 'The upload.' }),
    }),
    guard: (use, { contactId }) => use.authorize('Contact', contactId, read, { path: ['input', 'contactId'] }),
    run: async (use, { contactId, uploadId }) => ({ photo: await addPhoto(use, contactId, uploadId) }),
    success: (t) => ({ photo: t.loaded(AlbumPhoto, 'photo', { description: 'The photo.', rule: read }) }),
  });
  builder.live('albumPhotos', {
    description: 'Photos, live.',
    rule: read,
    topic: photoTopic,
    event: 'AlbumPhotosEvent',
    eventDescription: 'A photo was added.',
    stream: ({ organizationId }) => ({
      stream: organizationId,
      payload: ({ subjectId }) => ({ photoId: subjectId }),
    }),
    fields: (t) => ({ photo: t.loaded(AlbumPhoto, 'photoId', { description: 'The photo.', rule: read }) }),
  });
}

/** Something long, which people send and the server writes. */
export const film: MadePurpose = {
  purpose: 'ALBUM_FILM',
  description: 'Something long.',
  mayUpload: send,
  madeFor: send,
  most: 64 * 1024 * 1024,
  kinds: ['TEXT'],
  readBy: { type: 'AlbumPhoto', rule: read },
};
const listing = rule('album.list', {
  roles: [ADMIN],
  right: 'CONTACTS',
  description: 'Admins of contacts, each within what the right covers.',
});
/** What the server writes for admins. */
export const list: MadePurpose = {
  purpose: 'ALBUM_LIST',
  description: 'A list of photos.',
  mayUpload: listing,
  madeFor: listing,
  most: 1024 * 1024,
  kinds: ['CSV'],
};

export const albumPlugin = defineModule({
  name: 'album',
  version: '0.1.0',
  description: 'Photos of contacts.',
  guichet: '^0.1.0',
  needs: ['contacts', 'files'],
  entities: [Photo],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([photos])).sql }],
  rules: [read, send, table, listing],
  registrations: [
    register(filePurposes, {
      purpose: 'ALBUM_PHOTO',
      description: 'A photo of a contact, or a note beside it.',
      mayUpload: send,
      most: 3 * 1024 * 1024,
      kinds: ['JPEG', 'PNG', 'GIF', 'WEBP', 'TEXT', 'PDF'],
      readBy: { type: 'AlbumPhoto', rule: read },
    }),
    register(filePurposes, film),
    register(filePurposes, list),
    register(filePurposes, {
      purpose: 'ALBUM_TABLE',
      description: 'A table of photos to take in.',
      mayUpload: table,
      most: 1024 * 1024,
      kinds: ['CSV', 'XLSX'],
    }),
  ],
  types: albumTypes,
});
