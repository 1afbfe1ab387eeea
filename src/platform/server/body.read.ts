import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Text } from '../language/language.ts';

type Fault = { status: number; message: Text };
export type Body = { text: string; fault?: undefined } | { text?: undefined; fault: Fault };
export type Bytes = { bytes: Buffer; fault?: undefined } | { bytes?: undefined; fault: Fault };

/** Reads a body of UTF-8, with the same limits as `readBytes`. */
export async function readBody(request: IncomingMessage, limit: { bytes: number; ms: number }): Promise<Body> {
  const { bytes, fault } = await readBytes(request, limit);
  return fault ? { fault } : decoded(bytes);
}

/**
 * Reads a body. One that is too long is read on without being kept, up to four times the limit, so that the client
 * gets to see the answer instead of a broken connection.
 * @param limit.bytes the longest body; past it 413
 * @param limit.ms how long it may take; past it 408
 */
export function readBytes(request: IncomingMessage, limit: { bytes: number; ms: number }): Promise<Bytes> {
  const tooLong: { fault: Fault } = {
    fault: { status: 413, message: { en: `The body is longer than ${limit.bytes} bytes.`, 'zh-CN': `请求正文超过 ${limit.bytes} 字节。` } },
  };
  if (Number(request.headers['content-length'] ?? 0) > 4 * limit.bytes) return Promise.resolve(tooLong);
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => done(length > limit.bytes ? tooLong : late(limit.ms)), limit.ms);
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= limit.bytes) chunks.push(chunk);
      else chunks = [];
      if (length > 4 * limit.bytes) done(tooLong);
    };
    const end = (): void => done(length > limit.bytes ? tooLong : { bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
    const gone = (): void => done({ fault: { status: 400, message: { en: 'The body ended early.', 'zh-CN': '请求正文不完整。' } } });
    const done = (body: Bytes): void => {
      clearTimeout(timer);
      request
        .off('data', take)
        .off('end', end)
        .off('close', gone)
        .off('error', gone)
        .on('error', () => {});
      resolve(body);
    };
    request.on('data', take).on('end', end).on('close', gone).on('error', gone);
  });
}

const late = (ms: number): { fault: Fault } => ({
  fault: { status: 408, message: { en: `The body did not arrive within ${ms} ms.`, 'zh-CN': `请求正文未能在 ${ms} 毫秒内到达。` } },
});

const decoded = (bytes: Buffer): Body =>
  isUtf8(bytes)
    ? { text: withoutMark(bytes.toString()) }
    : { fault: { status: 400, message: { en: 'The body is not UTF-8.', 'zh-CN': '请求正文不是 UTF-8。' } } };
const withoutMark = (text: string): string => (text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
const BYTE_ORDER_MARK = 0xfeff;
