import { invalid } from '@guichet/sdk';

/** What a repair that needs a signature answers to a word without one. @param path of the input field that is to be blamed */
export const signatureNeeded = (path: readonly string[]) =>
  invalid(path, 'SIGNATURE_NEEDED', {
    en: 'This repair needs a signature: sign the work off, with the signature as it was drawn.',
    'zh-CN': '此工单须签名确认：请上传手写签名并签收。',
  });
