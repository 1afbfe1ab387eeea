import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode } from '../../platform/database/database.errors.ts';
import { answersAsWeDo } from '../own-answer.ts';
import type { Settings } from '../settings.ts';
import { type Finding, failure, ok } from './finding.ts';

const OLDEST = [22, 18] as const;

export function checkNode(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isNew ? ok('Node.js', version) : failure('Node.js', `${version} is too old`, `install ${OLDEST.join('.')} or newer`);
}

/** Whether a server could listen, or one answers there already. */
export async function checkPort({ host, port }: Pick<Settings, 'host' | 'port'>): Promise<Finding> {
  const [subject, where] = ['port', `${host ?? '0.0.0.0'}:${port}`];
  const code = await listenCode(host ?? '0.0.0.0', port);
  if (code === undefined) return ok(subject, port === 0 ? 'any that is free' : `${where} is free`);
  if (code === 'EADDRINUSE')
    return (await answersAsWeDo(host, port))
      ? ok(subject, `a server of Guichet answers on ${where}`)
      : failure(subject, `another program listens on ${where}`, 'stop it, or set another PORT');
  if (code === 'EACCES') return failure(subject, `this user may not listen on ${where}`, 'set a PORT above 1023');
  return failure(subject, `${where} cannot be listened on (${code})`, 'set HOST to an address of this machine');
}

async function listenCode(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return errorCode(error) ?? 'unknown';
  } finally {
    server.close();
  }
}
