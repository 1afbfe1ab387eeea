import type { HttpRoute } from '../../platform/server/index.ts';
import type { FileDoor } from './file.door.ts';
import { FILES_PREFIX } from './file-link.ts';
import { type Link, openLink } from './link.token.ts';
import { notThere } from './not-there.ts';
import { giveBytes } from './reading.route.ts';
import { takeBytes } from './sending.route.ts';

/** The addresses of files: bytes come by PUT and go by GET, for whom an address was made out. */
export const fileRoute = (door: FileDoor): HttpRoute => ({
  prefix: FILES_PREFIX,
  methods: ['GET', 'HEAD', 'PUT'],
  takesHeaders: ['range', 'if-none-match', 'if-range'],
  tellsHeaders: ['Accept-Ranges', 'Content-Disposition', 'Content-Range', 'ETag'],
  async handle(exchange) {
    const link = openLink(door.secret, exchange.url.pathname.slice(FILES_PREFIX.length), door.now());
    if (!link || isForReading(link) === (exchange.request.method === 'PUT')) return notThere(exchange);
    await (isForReading(link) ? giveBytes(door, link, exchange) : takeBytes(door, link, exchange));
  },
});

const isForReading = ({ act }: Link): boolean => act !== 'SEND';
