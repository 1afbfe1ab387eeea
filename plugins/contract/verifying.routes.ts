import { createHash } from 'node:crypto';
import { httpRoutes, notFound, type PluginRoute, publicRule, register, type UseCase } from '@guichet/sdk';
import { settingsOf } from './settings.ts';
import { verified } from './verifying.service.ts';

const MEGABYTE = 1024 * 1024;

/** Whoever has a document may ask whether it was signed, without an account, where the organization wants that. Of anything else it is nothing. */
async function answer(use: UseCase, sha256: string, query: URLSearchParams) {
  if (!(await settingsOf(use)).verifiesPublicly) throw notFound({}, ['path']);
  const number = query.get('number');
  if (!number) throw notFound({}, ['number']); // nobody in particular has contracts of their own
  return { body: await verified(use, { sha256, number }), headers: { 'Cache-Control': 'no-store' } };
}
const byHash: PluginRoute = {
  method: 'GET',
  path: 'verify',
  rule: publicRule,
  description: 'Whether the document with `?sha256=` is what was signed as the contract with `&number=`.',
  run: (use, { query }) => answer(use, query.get('sha256') ?? '', query),
};
const byFile: PluginRoute = {
  method: 'POST',
  path: 'verify',
  rule: publicRule,
  description: 'The same of the bytes that are sent to `?number=`, which are kept nowhere.',
  bodyBytes: 4 * MEGABYTE,
  run: (use, { body, query }) => answer(use, createHash('sha256').update(body).digest('hex'), query),
};
export const verifyingRoutes = [byHash, byFile].map((route) => register(httpRoutes, route));
