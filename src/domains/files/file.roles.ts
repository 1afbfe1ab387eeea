import { type EntityRole, EXTERNAL, FILE_READER, heldToward, sql, way } from '../../sdk/index.ts';
import { files } from './file.entity.ts';
import { FILE_UPLOADER } from './permissions.ts';

/** What a seat has sent is its own until it hangs on something: from then on that decides, and nobody finds it but there. */
const ownLoose = way(files, {}, ({ row, seat }) => sql`${row.uploader_id} = ${seat.me} and ${row.attached_at} is null`);

export const fileRoles: readonly EntityRole[] = [
  heldToward(FILE_UPLOADER, [ownLoose]),
  heldToward(EXTERNAL, [ownLoose]),
  /** Proven by the field that leads to the file, and by nothing else. */
  { role: FILE_READER, held: () => 'NONE', ways: [] },
];
