import { refusalType } from '../../sdk/index.ts';

export const contactImportNotPaused = refusalType<{ import: string }>('ContactImportNotPaused', {
  description: 'The import waits for nobody.',
  message: { en: 'This import is not waiting for choices.', 'zh-CN': '该导入无需选择。' },
  fields: { import: { type: 'ContactImport', object: true, description: 'The import as it is now.' } },
});

export const UNDO_FAULTS = {
  UNDER_WAY: 'It has not come to its end.',
  ALREADY_UNDONE: 'It was taken back already.',
  NOTHING_DONE: 'It has changed nothing: a dry run, or one of which all was rejected.',
  TOO_LATE: 'It is older than 7 days.',
} as const;
export const contactImportNotUndoable = refusalType<{ import: string; reason: keyof typeof UNDO_FAULTS }>('ContactImportNotUndoable', {
  description: 'The import cannot be taken back, or no longer (spec 3.12).',
  message: { en: 'This import cannot be taken back.', 'zh-CN': '该导入无法撤销。' },
  fields: {
    import: { type: 'ContactImport', object: true, description: 'The import as it is now.' },
    reason: { type: 'ContactImportFault', description: 'Why not.' },
  },
});
