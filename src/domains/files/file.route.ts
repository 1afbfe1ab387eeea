import { type HttpExchange, type HttpRoute, TUS_TAKES, TUS_TELLS } from '../../sdk/core.ts';
import type { FileDoor } from './file.door.ts';
import { FILES_PREFIX } from './file-link.ts';
import { type Link, openLink } from './link.token.ts';
import { notThere } from './not-there.ts';
import { giveBytes } from './reading.route.ts';
import { resumeBytes, speaksTus } from './resuming.route.ts';
import { takeBytes } from './sending.route.ts';

/** The addresses of files: bytes come by PUT and go by GET, for whom an address was made out. */
export const fileRoute = (door: FileDoor): HttpRoute => ({
  prefix: FILES_PREFIX,
  methods: ['GET', 'HEAD', 'PUT', 'POST', 'PATCH'],
  takesHeaders: ['range', 'if-none-match', 'if-range', ...TUS_TAKES],
  tellsHeaders: ['Accept-Ranges', 'Content-Disposition', 'Content-Range', 'ETag', ...TUS_TELLS],
  async handle(exchange) {
    const link = openLink(door.secret, exchange.url.pathname.slice(FILES_PREFIX.length), door.now());
    const act = link && actOf(link, exchange);
    await (act ? act(door, link, exchange) : notThere(exchange));
  },
});

/** What a link is for; undefined for a request of another kind. */
function actOf({ act }: Link, exchange: HttpExchange): ((door: FileDoor, link: Link, exchange: HttpExchange) => Promise<void>) | undefined {
  const { method = '' } = exchange.request;
  if (act === 'PRINT') return undefined;
  if (act !== 'SEND') return method === 'GET' || method === 'HEAD' ? giveBytes : undefined;
  if (method === 'PUT') return takeBytes;
  return speaksTus(exchange) ? resumeBytes : undefined;
}
