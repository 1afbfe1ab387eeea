import type { HttpExchange, HttpRoute } from '../../platform/server/index.ts';
import type { JoinDoor } from './join.door.ts';
import { answerPage, answerUnknown } from './join-page.route.ts';
import { JOIN_PREFIX, linkUrl } from './link-code.rules.ts';
import { findLink } from './link-index.service.ts';
import { qrPng } from './qr-code.ts';

const PLACE = /^\/join\/([\w-]{1,64})(\/qr\.png)?$/;

/** The addresses of links: the page of each, and its QR code as a picture. The code in the address is the permission. */
export const joinRoute = (door: JoinDoor): HttpRoute => ({
  prefix: JOIN_PREFIX,
  methods: ['GET', 'HEAD', 'POST'],
  takesHeaders: [],
  tellsHeaders: [],
  async handle(exchange) {
    const [, code, picture] = PLACE.exec(exchange.url.pathname) ?? [];
    if (code && picture && (await findLink(door.identity, code))) return writePicture(exchange, code);
    return code && !picture ? answerPage(door, exchange, code) : answerUnknown(exchange);
  },
});

async function writePicture({ response, origin }: HttpExchange, code: string): Promise<void> {
  const picture = await qrPng(linkUrl(origin, code));
  response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': picture.length }).end(picture);
}
