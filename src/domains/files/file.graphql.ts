import { stillHeld } from '../../sdk/core.ts';
import { type EntityFields, EXTERNAL, FILE_READER, type GuichetBuilder, sql } from '../../sdk/index.ts';
import type { files } from './file.entity.ts';
import { File } from './file.refs.ts';
import { fileRoles } from './file.roles.ts';
import { LINK_LASTS, linkTo } from './file-link.ts';
import { FILE_UPLOADER, file } from './permissions.ts';

const rule = file.read;

/** When those inside have added something, customers are not told by its files either (spec 6.3). */
const createdAt = (t: EntityFields<typeof files>) =>
  t.onEach({
    staff: t.column('created_at', { description: 'When it was sent.', rule, surface: 'staff' }),
    portal: t.expression('DateTime', (row, seat) => sql`case when ${row.uploader_id} = ${seat.me} then ${row.created_at} end`, {
      description: 'When you have sent it; null for what others have.',
      rule,
      surface: 'portal',
      nullable: true,
    }),
  });

export function fileTypes(builder: GuichetBuilder): void {
  builder.entity(File, {
    description:
      'A file. It is read where it hangs on something, by whoever may read that; until then by the seat that has sent it, or had the server make it and still holds the right to. Only so long `node(id:)` answers its id; later, read again what leads to it.',
    roles: fileRoles,
    listedFor: [FILE_UPLOADER, EXTERNAL],
    reachableFor: [FILE_UPLOADER, FILE_READER, EXTERNAL],
    present: (row, seat) => sql`${row.state} = 'STORED' and (${row.attached_at} is not null or ${stillHeld(row, seat)})`,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Its name: as it was sent, or what it is called where people outside read it.', rule }),
      size: t.column('size', { description: 'Bytes.', rule }),
      mimeType: t.column('mime_type', { description: 'Its media type, found from what is in it.', rule }),
      createdAt: createdAt(t),
      url: t.field({
        type: 'URL',
        nullable: true,
        description:
          'Where its bytes are, for your seat and this session alone: whether you may read it is asked again whenever the address is used. Without a server’s address before it, it is of the server that you ask.',
        rule,
        needs: ['id'],
        args: {
          expiresIn: t.arg.integer({
            description: 'Seconds until the address is no good any more; 300 where it is left out.',
            required: false,
            min: 1,
            max: LINK_LASTS.most,
          }),
        },
        resolve: ({ id }, { expiresIn }, context) => linkTo(context, 'READ', id, (expiresIn ?? LINK_LASTS.usually) * 1_000)?.url ?? null,
      }),
      thumbnailUrl: t.field({
        type: 'URL',
        nullable: true,
        description: 'Where a small picture of it is, for five minutes, in the same way; null for what is no picture.',
        rule,
        needs: ['id', 'thumbnail_key'],
        resolve: ({ id, thumbnail_key: key }, _, context) =>
          key === null ? null : (linkTo(context, 'READ_THUMBNAIL', id, LINK_LASTS.usually * 1_000)?.url ?? null),
      }),
    }),
  });
}
