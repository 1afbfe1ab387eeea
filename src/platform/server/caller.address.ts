import { BlockList, isIP } from 'node:net';

/** Tells proxies whose word on the caller's address is taken. */
export type IsTrustedProxy = (address: string) => boolean;

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
/** An address of IPv4 that a socket of both families writes as one of IPv6. */
const plain = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

interface Network {
  readonly address: string;
  readonly prefix: number;
}
/** Reads `10.0.0.0/8`, `fd00::/8`, or one address. @returns undefined for what is neither */
export function readNetwork(text: string): Network | undefined {
  const [, address = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)];
  const prefix = digits === undefined ? bits! : Number(digits);
  return bits && prefix <= bits ? { address, prefix } : undefined;
}

/** @param networks as `readNetwork` reads them. @throws Error for what it does not */
export function trustedProxies(networks: readonly string[]): IsTrustedProxy {
  const list = new BlockList();
  for (const text of networks) {
    const network = readNetwork(text);
    if (!network) throw new Error(`${text} is no address and no network.`);
    list.addSubnet(network.address, network.prefix, family(network.address));
  }
  return (address) => isIP(plain(address)) !== 0 && list.check(plain(address), family(plain(address)));
}

/** Proxies that stand behind each other; what came before that many is not looked at. */
const MOST_HOPS = 10;
/** The address of an entry of `X-Forwarded-For`, some of which have a port. */
const ENTRY = /^(?:\[([0-9a-f:.%]+)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+)(?::\d{1,5})?|([0-9a-f:.]+))$/i;

/**
 * The address of whoever asks: that of the connection, or, as long as this is a trusted proxy's, the one that it took the request from. Whoever
 * is no trusted proxy may write what they like into the header, and is believed nothing; what a trusted one passes on and cannot be read ends
 * the way at that proxy.
 * @param forwarded the header `X-Forwarded-For`
 */
export function callerAddress(connection: string, forwarded: string | undefined, isTrusted: IsTrustedProxy): string {
  let address = plain(connection);
  if (!forwarded || !isTrusted(address)) return address;
  const hops = forwarded.split(',').slice(-MOST_HOPS).toReversed();
  for (const hop of hops) {
    const before = addressIn(hop.trim());
    if (before === undefined) return address;
    address = before;
    if (!isTrusted(address)) return address;
  }
  return address;
}

function addressIn(entry: string): string | undefined {
  const [, bracketed, dotted, bare] = ENTRY.exec(entry) ?? [];
  const address = plain(bracketed ?? dotted ?? bare ?? '');
  return isIP(address) ? address : undefined;
}
