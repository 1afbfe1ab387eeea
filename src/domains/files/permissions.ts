import { COLLEAGUE, EXTERNAL, FILE_READER, type Role, rule } from '../../sdk/index.ts';

/** Toward what it has sent and what hangs on nothing yet. */
export const FILE_UPLOADER: Role = {
  name: 'FILE_UPLOADER',
  bearer: 'EMPLOYEE',
  description: 'The employee who has sent the file, until it hangs on something.',
};

export const file = {
  read: rule('file.read', {
    roles: [FILE_UPLOADER, FILE_READER, EXTERNAL],
    description: 'Whoever may read what the file hangs on; until it hangs on something, the seat that has sent it.',
  }),
  /** What a purpose admits is asked besides. */
  upload: rule('file.upload', { roles: [COLLEAGUE, EXTERNAL], description: 'Every seat, for the purposes that it may send files for.' }),
};
