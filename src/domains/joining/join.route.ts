import type { HttpExchange, HttpRoute } from '../../sdk/core.ts';
import type { JoinDoor } from './join.door.ts';
import { answerClosed, answerPage, answerUnknown } from './join-page.route.ts';
import { JOIN_PREFIX, linkUrl } from './link-code.rules.ts';
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
    if (!code) return answerUnknown(exchange);
    return picture ? answerPicture(door, exchange, code) : answerPage(door, exchange, code);
  },
});

/** Of a link by which nobody can come there is nothing to print. */
async function answerPicture(door: JoinDoor, exchange: HttpExchange, code: string): Promise<void> {
  if (await answerClosed(door, exchange, code)) return;
  const { response, origin } = exchange;
  const picture = await qrPng(linkUrl(origin, code));
  response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': picture.length }).end(picture);
}
