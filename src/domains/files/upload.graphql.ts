import { encodeGlobalId, type FilePurpose, filePurposes, type GuichetBuilder, type SentPurpose } from '../../sdk/index.ts';
import { fileKindNotAllowed, fileTooLarge } from './file.errors.ts';
import { File } from './file.refs.ts';
import { linkTo, UPLOAD_LASTS } from './file-link.ts';
import { fileName, fileSize } from './file-name.input.ts';
import { file } from './permissions.ts';
import { createUpload, mayUploadFor } from './upload.service.ts';

interface ToldUpload {
  readonly fileId: string;
  readonly url: string;
  readonly expiresAt: Date;
}
/** What a body of bytes is called; what is in it is looked at. */
const HEADERS = [{ name: 'Content-Type', value: 'application/octet-stream' }];
const rule = file.upload;

/** Announcing a file, and where its bytes go. */
export function uploadTypes(builder: GuichetBuilder): void {
  const purposes = builder.registered(filePurposes).filter((one): one is SentPurpose => one.mayUpload !== undefined);
  const FilePurpose = builder.enumType('FilePurpose', {
    description: 'What a file is sent for. Modules add theirs: have a default branch.',
    values: Object.fromEntries(purposes.map((one) => [one.purpose, { description: told(one), extensions: { shownFor: [one.mayUpload] } }])),
  });
  const Upload = declareUpload(builder);
  const isForContacts = purposes.some(({ mayUpload }) => mayUpload.roles.some(({ bearer }) => bearer === 'CONTACT'));
  builder.useCase('createUpload', {
    description: 'Announces a file: send its bytes to the address that is told, then name the upload where it is to hang.',
    rule,
    surface: isForContacts ? undefined : 'staff',
    doesOnce: true,
    input: (t) => ({
      name: t.parsed(fileName),
      size: t.parsed(fileSize),
      mimeType: t.text({ description: 'Its media type, such as `image/png`. What is sent must be of it.', max: 200 }),
      purpose: t.choice(FilePurpose, { description: 'What it is sent for.' }),
    }),
    refusals: [fileTooLarge, fileKindNotAllowed],
    guard: async (use, { purpose }) => mayUploadFor(use, purpose as string),
    run: async (use, given, purpose) => ({ upload: await createUpload(use, given as never, purpose) }),
    success: (t) => ({
      file: t.loaded(File, 'upload', { description: 'The file, once its bytes have come: null when it is announced.', rule: file.read }),
      upload: t.field({
        type: Upload,
        nullable: true,
        description: 'Where the bytes go; null where the server itself asks.',
        rule,
        resolve: ({ upload }, _, context) => {
          const link = linkTo(context, 'SEND', upload, UPLOAD_LASTS);
          return link ? { fileId: upload, url: link.url, expiresAt: link.until } : null;
        },
      }),
    }),
  });
}

const told = ({ description, most, kinds }: FilePurpose): string =>
  `${description} At most ${most.toLocaleString('en')} bytes; ${kinds.join(', ')}.`;

function declareUpload(builder: GuichetBuilder) {
  const HttpHeader = builder.objectRef<{ name: string; value: string }>('HttpHeader').implement({
    description: 'A header of an HTTP request.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name.', rule }),
      value: t.exposeString('value', { description: 'Its value.', rule }),
    }),
  });
  return builder.objectRef<ToldUpload>('Upload').implement({
    description: 'An announced file: one request with its bytes as the body, by whoever has the address.',
    fields: (t) => ({
      id: t.id({
        description: 'Id that other mutations take; that of the file.',
        rule,
        resolve: ({ fileId }) => encodeGlobalId('File', fileId),
      }),
      url: t.expose('url', {
        type: 'URL',
        description:
          'Where the bytes go. It is the permission to send them, for this session: keep it. It takes them in pieces as well (tus 1.0).',
        rule,
      }),
      method: t.string({ description: 'Method of the request.', rule, resolve: () => 'PUT' }),
      headers: t.field({ type: [HttpHeader], description: 'Headers of the request.', rule, resolve: () => HEADERS }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when the bytes have to have come.', rule }),
    }),
  });
}
