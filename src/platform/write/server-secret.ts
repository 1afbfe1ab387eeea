import { service } from './service.ts';

/** The server's secret, for sealing tokens; all servers of one database share it. */
export const serverSecret = service<Buffer>('core.secret');
