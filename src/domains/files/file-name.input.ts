import { type FileNameFault, NAME_CHARACTERS, takeFileName } from '../../sdk/core.ts';
import type { input, Message } from '../../sdk/index.ts';

const FAULTS: Readonly<Record<FileNameFault, Message>> = {
  EMPTY: { en: 'A file has a name.', 'zh-CN': '文件名不能为空。' },
  TOO_LONG: { en: `A file’s name has at most ${NAME_CHARACTERS} characters.`, 'zh-CN': `文件名最多 ${NAME_CHARACTERS} 个字符。` },
  HIDDEN_CHARACTERS: {
    en: 'This name has characters that nobody sees, or that turn the writing round.',
    'zh-CN': '文件名含有不可见字符或改变书写方向的字符。',
  },
  PATH: { en: 'This is a path: send the name of the file alone.', 'zh-CN': '这是路径，请只填写文件名。' },
};

/** The name of a file, as an input takes it. */
export const fileName: input.InputField<string> = {
  type: 'String',
  required: true,
  description: 'Name of the file, without a folder.',
  bound: `At most ${NAME_CHARACTERS} characters.`,
  most: NAME_CHARACTERS,
  parse(given, path, report) {
    const { name = '', fault } = takeFileName(String(given));
    if (fault) report({ path, code: fault, message: FAULTS[fault] });
    return name;
  },
};
/** How many bytes it will have. */
export const fileSize: input.InputField<number> = {
  type: 'Int53',
  required: true,
  description: 'How many bytes will be sent, exactly.',
  bound: 'At least 1.',
  parse(given, path, report) {
    const size = Number(given);
    if (size < 1) report({ path, code: 'OUT_OF_RANGE', message: { en: 'A file has at least one byte.', 'zh-CN': '文件不能为空。' } });
    return size;
  },
};
